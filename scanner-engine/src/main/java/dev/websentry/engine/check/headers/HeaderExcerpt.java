package dev.websentry.engine.check.headers;

import java.util.List;

/** Truncates text that the scanned site sent, for use in verdicts. Report writers escape it. */
final class HeaderExcerpt {
    private static final int MAX_INLINE_LENGTH = 80;
    private static final int MAX_LINE_LENGTH = 300;

    private static final int MAX_LISTED = 4;

    private HeaderExcerpt() {}

    /** Returns text for use in a sentence, at most 80 characters long. */
    static String of(String text) {
        return truncate(text, MAX_INLINE_LENGTH);
    }

    /** Returns a line of evidence, at most 300 characters long. */
    static String evidenceLine(String text) {
        return truncate(text, MAX_LINE_LENGTH);
    }

    /** Returns the first 4 texts, joined by commas, and the number of the remaining ones. */
    static String joinFirst(List<String> texts) {
        String joined = String.join(
                ", ", texts.stream().limit(MAX_LISTED).map(HeaderExcerpt::of).toList());
        return texts.size() > MAX_LISTED ? joined + " and " + (texts.size() - MAX_LISTED) + " more" : joined;
    }

    private static String truncate(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength - 1) + "…";
    }
}
