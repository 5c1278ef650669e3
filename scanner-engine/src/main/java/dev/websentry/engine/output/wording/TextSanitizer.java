package dev.websentry.engine.output.wording;

/** Makes untrusted text safe for a terminal, a log, a single line of a file, or markup. */
public final class TextSanitizer {
    private TextSanitizer() {}

    /**
     * Escapes all characters that could move the cursor, color the terminal, forge a log line or reorder text. Control
     * characters, line and paragraph separators and bidirectional controls become {@code \}{@code uXXXX}.
     *
     * @return the text on one line
     */
    public static String singleLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDangerous(c)) {
                line.append(String.format("\\u%04X", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    private static boolean isDangerous(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u200E'
                || c == '\u200F'
                || c == '\u061C'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    /**
     * Escapes text for XML 1.0 and HTML. Characters that these forbid are replaced: control characters except tab and
     * line feed, lone surrogates and noncharacters.
     */
    public static String escapeMarkup(String text) {
        return markupText(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * Replaces the characters that XML 1.0 and HTML forbid: control characters except tab and line feed, lone
     * surrogates, noncharacters and bidirectional controls. The result is not escaped.
     */
    public static String markupText(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(isMarkupText(c) ? c : 0xFFFD));
        return safe.toString();
    }

    /** Returns whether a text has only printable ASCII characters and line feeds, as nearly all texts of a report. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\n') || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isMarkupText(int c) {
        if (Character.isISOControl(c)) {
            return c == '\t' || c == '\n';
        }
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        boolean bidi = c < 0x10000 && isDangerous((char) c);
        return !surrogate && !bidi && (c & 0xFFFE) != 0xFFFE;
    }
}
