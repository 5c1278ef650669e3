package dev.websentry.engine.run;

/** An option's text cannot be used. The message is one line and begins with the option as its front end spells it. */
public final class InvalidOptionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Option option;

    InvalidOptionException(Option option, String message) {
        super(message);
        this.option = option;
    }

    public Option option() {
        return option;
    }
}
