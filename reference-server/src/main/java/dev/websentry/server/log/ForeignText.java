package dev.websentry.server.log;

import dev.websentry.engine.syntax.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Text that a caller, a scanned site or a webhook receiver has chosen. It must not be written to a log, a response or
 * the database as it is: line breaks would forge log lines, escape sequences would control the terminal of a reader,
 * bidirectional controls would hide characters, and its length is unlimited (CWE-117).
 */
public final class ForeignText {
    /** The maximum number of characters of {@link #escape(Object)}, before escaping. */
    public static final int MAX_LENGTH = 300;

    private ForeignText() {}

    /** Returns the text on one line with at most {@value #MAX_LENGTH} characters. */
    public static String escape(@Nullable Object text) {
        return escape(text, MAX_LENGTH);
    }

    /**
     * Returns the text on one line. Control and format characters, line separators, unassigned code points and unpaired
     * surrogates are written as {@code \}{@code uXXXX}; a longer text ends in an ellipsis.
     *
     * @param text converted by {@link String#valueOf(Object)}
     * @param maxLength the maximum number of characters before escaping, including the ellipsis
     */
    public static String escape(@Nullable Object text, int maxLength) {
        String shortened = Excerpt.of(String.valueOf(text), maxLength);
        StringBuilder out = new StringBuilder(shortened.length() + 16);
        shortened.codePoints().forEach(character -> {
            if (isPrintable(character)) {
                out.appendCodePoint(character);
            } else {
                appendEscaped(out, character);
            }
        });
        return out.toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void appendEscaped(StringBuilder out, int character) {
        for (char unit : Character.toChars(character)) {
            out.append(String.format("\\u%04x", (int) unit));
        }
    }
}
