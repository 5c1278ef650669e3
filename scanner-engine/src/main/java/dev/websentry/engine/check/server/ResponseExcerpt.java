package dev.websentry.engine.check.server;

/** Makes excerpts of untrusted text for a report: one line without control characters, with bounded length. */
final class ResponseExcerpt {
    private static final int MAX_VALUE_LENGTH = 80;
    private static final int MAX_EVIDENCE_LENGTH = 280;

    private ResponseExcerpt() {}

    /** Returns an excerpt for the value of a verdict. */
    static String forValue(String text) {
        return cut(text, MAX_VALUE_LENGTH);
    }

    /** Returns an excerpt for a line of evidence. */
    static String forEvidence(String text) {
        return cut(text, MAX_EVIDENCE_LENGTH);
    }

    private static String cut(String text, int maxLength) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= maxLength ? line : line.substring(0, maxLength - 3) + "...";
    }
}
