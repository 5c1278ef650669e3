package dev.websentry.engine.net;

import dev.websentry.engine.observe.Exchange.Failure;
import java.io.IOException;

/** A connection that could not be made, with the kind of reason. */
public final class DialException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Failure.Kind kind;

    public DialException(Failure.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Failure.Kind kind() {
        return kind;
    }
}
