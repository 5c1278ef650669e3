package dev.websentry.engine.check.headers;

import java.util.List;

/** A stranger's text in a line of ours: bounded. Escaping is the outputs' business. */
final class Quote {
    private static final int IN_A_SENTENCE = 80;
    private static final int LINE = 300;

    private Quote() {}

    static String of(String text) {
        return cut(text, IN_A_SENTENCE);
    }

    static String line(String text) {
        return cut(text, LINE);
    }

    /** The first few, joined by commas. */
    static String list(List<String> texts) {
        String shown = String.join(", ", texts.stream().limit(4).map(Quote::of).toList());
        return texts.size() > 4 ? shown + " and " + (texts.size() - 4) + " more" : shown;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
