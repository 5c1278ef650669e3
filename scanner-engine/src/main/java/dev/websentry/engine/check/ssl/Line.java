package dev.websentry.engine.check.ssl;

/** A line of evidence: printable and of bounded length. */
final class Line {
    private static final int LONGEST = 300;

    private Line() {}

    static String of(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", " ");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST - 1) + "…";
    }
}
