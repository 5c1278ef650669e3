package dev.websentry.engine.syntax.tls;

import java.io.IOException;

/** Thrown when received bytes violate the TLS protocol. */
public final class MalformedTlsException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message short phrase that describes the violation
     */
    public MalformedTlsException(String message) {
        super(message);
    }
}
