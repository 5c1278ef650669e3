package dev.websentry.engine.config;

/**
 * Thrown when an input cannot be parsed as a scan target. The message contains the input, without credentials, and what
 * is expected instead.
 */
public final class InvalidTargetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidTargetException(String message) {
        super(message);
    }
}
