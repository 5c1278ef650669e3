package dev.websentry.engine.check.ssl;

/** Formats lines of evidence: replaces control characters by spaces and truncates the text. */
final class TlsExcerpt {
    private static final int MAX_LENGTH = 300;

    private TlsExcerpt() {}

    /** Returns a printable text of at most 300 characters. */
    static String of(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= MAX_LENGTH ? printable : printable.substring(0, MAX_LENGTH - 1) + "…";
    }
}
