package dev.websentry.engine.check.server;

/** A stranger's text, fit for a report's line. */
final class Texts {
    private static final int IN_VALUE = 80;
    private static final int IN_EVIDENCE = 280;

    private Texts() {}

    static String inValue(String text) {
        return cut(text, IN_VALUE);
    }

    static String shortened(String text) {
        return cut(text, IN_EVIDENCE);
    }

    private static String cut(String text, int most) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most - 3) + "...";
    }
}
