package dev.websentry.engine.record;

/**
 * Thrown when a file is not a recording that this engine can read. The message is a single line that states the
 * position and the problem.
 */
public final class NotARecording extends Exception {
    private static final long serialVersionUID = 1L;

    NotARecording(String message) {
        // The message may quote the file, which is untrusted: remove line breaks and terminal escape sequences.
        super(message.replaceAll("\\p{Cntrl}+", " "));
    }
}
