package dev.websentry.engine.syntax;

/** A text that breaks its grammar. The message is the complaint, one phrase; it is no fault of ours, so no stack trace. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    public Malformed(String complaint) {
        super(complaint, null, false, false);
    }

    public String complaint() {
        return String.valueOf(getMessage());
    }
}
