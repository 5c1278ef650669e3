package dev.websentry.engine.record;

/** What was read is no recording that this engine can judge. The message is one line that says what is wrong, and where. */
public final class NotARecording extends Exception {
    private static final long serialVersionUID = 1L;

    NotARecording(String message) {
        // Whoever wrote the file chose what it quotes: it stays one line, without orders to a terminal.
        super(message.replaceAll("\\p{Cntrl}+", " "));
    }
}
