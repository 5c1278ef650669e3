package dev.websentry.engine.recording;

/**
 * Thrown when a file is not a recording that this engine can read. The message is a single line that states the
 * position and the problem.
 */
public final class InvalidRecordingException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidRecordingException(String message) {
        // The message may quote the file, which is untrusted: remove line breaks and terminal escape sequences.
        super(message.replaceAll("\\p{Cntrl}+", " "));
    }
}
