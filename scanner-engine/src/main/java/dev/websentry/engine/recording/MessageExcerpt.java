package dev.websentry.engine.recording;

/** Shortens text from a file for use in an error message. */
final class MessageExcerpt {
    private static final int MAX_LENGTH = 60;

    private MessageExcerpt() {}

    /** Returns the text on one line without control characters, cut to 60 characters. */
    static String of(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
