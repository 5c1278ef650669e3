package dev.websentry.engine.record;

/** What was read is no recording that this engine can judge. The message is one line that says what is wrong, and where. */
public final class NotARecording extends Exception {
    private static final long serialVersionUID = 1L;

    NotARecording(String message) {
        super(message);
    }
}
