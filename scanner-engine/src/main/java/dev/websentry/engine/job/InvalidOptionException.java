package dev.websentry.engine.job;

/** Thrown when the value of an option is invalid. The message is one line and starts with the name of the option. */
public final class InvalidOptionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Option option;

    InvalidOptionException(Option option, String message) {
        super(message);
        this.option = option;
    }

    /** Returns the invalid option. */
    public Option option() {
        return option;
    }
}
