package dev.websentry.engine.syntax;

/**
 * Thrown when text violates its grammar. The message is a short phrase that describes the error. The exception has no
 * stack trace because the input, not the program, is at fault.
 */
public final class InvalidSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param reason short phrase that describes the error
     */
    public InvalidSyntaxException(String reason) {
        super(reason, null, false, false);
    }

    /** Returns the phrase that describes the error. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
