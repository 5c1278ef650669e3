package dev.websentry.engine.syntax.structured;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the reading of one structured field stands, and the tokens it is made of. */
final class Scan {
    private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,12}\\.[0-9]{1,3}(?![0-9.])");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}(?![0-9.])");
    private static final Pattern BYTES = Pattern.compile(":[A-Za-z0-9+/=]*:");
    private static final Pattern BOOLEAN = Pattern.compile("\\?[01]");
    private static final Pattern DATE = Pattern.compile("@-?[0-9]{1,15}(?![0-9.])");
    private static final Pattern DISPLAY = Pattern.compile("%\"[\\x20\\x21\\x23-\\x7e]*\"");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-f]{2})");

    private final String text;
    private int position;

    Scan(String text) {
        this.text = text;
    }

    /** The field is not what RFC 9651 describes. Caught by {@link StructuredFields} alone. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super("malformed", null, false, false);
        }
    }

    boolean atEnd() {
        return position >= text.length();
    }

    /** The next character, or NUL at the end, which no rule allows anywhere. */
    char peek() {
        return atEnd() ? '\0' : text.charAt(position);
    }

    boolean accept(char wanted) {
        boolean there = !atEnd() && peek() == wanted;
        if (there) {
            position++;
        }
        return there;
    }

    void expect(char wanted) {
        require(accept(wanted));
    }

    void require(boolean condition) {
        if (!condition) {
            throw new Malformed();
        }
    }

    void skipSpaces() {
        while (peek() == ' ') {
            position++;
        }
    }

    /** Optional white space: blanks and tabs. */
    void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            position++;
        }
    }

    String key() {
        return take(KEY);
    }

    BareItem bareItem() {
        char next = peek();
        return switch (next) {
            case '"' -> new BareItem(BareItem.Type.STRING, string());
            case ':' -> new BareItem(BareItem.Type.BYTES, take(BYTES));
            case '?' -> new BareItem(BareItem.Type.BOOLEAN, take(BOOLEAN).equals("?1") ? "true" : "false");
            case '@' -> new BareItem(BareItem.Type.DATE, take(DATE));
            case '%' -> new BareItem(BareItem.Type.DISPLAY_STRING, displayString());
            default ->
                next == '-' || (next >= '0' && next <= '9') ? number() : new BareItem(BareItem.Type.TOKEN, take(TOKEN));
        };
    }

    private String displayString() {
        String whole = take(DISPLAY);
        require(!BROKEN_ESCAPE.matcher(whole.substring(1)).find());
        return whole;
    }

    private BareItem number() {
        Matcher decimal = DECIMAL.matcher(text).region(position, text.length());
        return decimal.lookingAt()
                ? new BareItem(BareItem.Type.DECIMAL, take(DECIMAL))
                : new BareItem(BareItem.Type.INTEGER, take(INTEGER));
    }

    /** Section 4.2.5. A loop, not a pattern: strings may be long, and patterns with alternatives recurse. */
    private String string() {
        StringBuilder value = new StringBuilder();
        expect('"');
        while (!accept('"')) {
            char c = peek();
            require(c >= 0x20 && c < 0x7f);
            position++;
            if (c == '\\') {
                c = peek();
                require(c == '"' || c == '\\');
                position++;
            }
            value.append(c);
        }
        return value.toString();
    }

    private String take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        require(matcher.lookingAt());
        position = matcher.end();
        return matcher.group();
    }
}
