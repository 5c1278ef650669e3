package dev.websentry.engine.target;

/** What was typed as a target is not one. The message names the input, what was expected and what to do. */
public final class InvalidTargetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidTargetException(String message) {
        super(message);
    }
}
