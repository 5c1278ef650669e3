package dev.websentry.engine.record;

/** What a file says, fit for a message. */
final class Messages {
    private static final int LONGEST = 60;

    private Messages() {}

    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
