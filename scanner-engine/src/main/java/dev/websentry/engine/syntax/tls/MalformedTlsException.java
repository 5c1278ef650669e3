package dev.websentry.engine.syntax.tls;

import java.io.IOException;

/** Bytes that are not what TLS allows at that place. */
public final class MalformedTlsException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedTlsException(String message) {
        super(message);
    }
}
