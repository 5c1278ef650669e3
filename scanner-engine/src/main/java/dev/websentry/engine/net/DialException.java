package dev.websentry.engine.net;

import dev.websentry.engine.observation.HttpExchange.Failure;
import java.io.IOException;

/** Thrown when a connection could not be established. */
public final class DialException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Failure.RequestFailureKind kind;

    /**
     * Creates an exception.
     *
     * @param kind the kind of failure
     * @param message a description that names the host or address
     */
    public DialException(Failure.RequestFailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Returns the kind of failure. */
    public Failure.RequestFailureKind kind() {
        return kind;
    }
}
