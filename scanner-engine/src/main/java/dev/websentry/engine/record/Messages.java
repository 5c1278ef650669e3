package dev.websentry.engine.record;

/** Shortens text from a file for use in an error message. */
final class Messages {
    private static final int MAX_LENGTH = 60;

    private Messages() {}

    /** Returns the text on one line without control characters, cut to 60 characters. */
    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
