package dev.websentry.engine.syntax;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Shortens text, in general text that a site, a server or a file contains, for messages and reports. Every shortened
 * text has the same ellipsis, and no surrogate pair is divided. Does not escape; the writers of reports do.
 */
public final class Excerpt {
    /** Replaces the text that is left out. Printable in every character encoding. */
    public static final String ELLIPSIS = "...";

    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}+");
    private static final int MAX_SENTENCE_LENGTH = 80;
    private static final int MAX_LINE_LENGTH = 300;
    private static final int MAX_LISTED = 4;

    private Excerpt() {}

    /**
     * Returns the start of a text.
     *
     * @param maxLength the maximum number of characters, including the ellipsis; at least the length of the ellipsis
     */
    public static String of(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = maxLength - ELLIPSIS.length();
        boolean divided = end > 0
                && Character.isHighSurrogate(text.charAt(end - 1))
                && Character.isLowSurrogate(text.charAt(end));
        return text.substring(0, divided ? end - 1 : end) + ELLIPSIS;
    }

    /**
     * Returns the end of a text, for paths, whose end distinguishes them best.
     *
     * @param maxLength the maximum number of characters, including the ellipsis; at least the length of the ellipsis
     */
    public static String endOf(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int start = text.length() - maxLength + ELLIPSIS.length();
        boolean divided = start < text.length()
                && Character.isLowSurrogate(text.charAt(start))
                && Character.isHighSurrogate(text.charAt(start - 1));
        return ELLIPSIS + text.substring(divided ? start + 1 : start);
    }

    /** Returns text for use in a sentence: at most 80 characters, with spaces instead of control characters. */
    public static String inSentence(String text) {
        return of(printable(text).strip(), MAX_SENTENCE_LENGTH);
    }

    /** Returns a line of evidence: at most 300 characters, with spaces instead of control characters. */
    public static String evidenceLine(String text) {
        return of(printable(text), MAX_LINE_LENGTH);
    }

    /** Returns the first 4 texts for use in a sentence, joined by commas, and the number of the remaining ones. */
    public static String joinFirst(List<String> texts) {
        String joined = String.join(
                ", ", texts.stream().limit(MAX_LISTED).map(Excerpt::inSentence).toList());
        return texts.size() > MAX_LISTED ? joined + " and " + (texts.size() - MAX_LISTED) + " more" : joined;
    }

    private static String printable(String text) {
        return CONTROL_CHARACTERS.matcher(text).replaceAll(" ");
    }
}
