package dev.websentry.engine.syntax.structured;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokenizer for the text of one structured field; keeps the current position. */
final class StructuredFieldTokenizer {
    private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,12}\\.[0-9]{1,3}(?![0-9.])");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}(?![0-9.])");
    private static final Pattern BYTES = Pattern.compile(":[A-Za-z0-9+/]*={0,2}:");
    private static final Pattern BOOLEAN = Pattern.compile("\\?[01]");
    private static final Pattern DATE = Pattern.compile("@-?[0-9]{1,15}(?![0-9.])");
    private static final Pattern DISPLAY = Pattern.compile("%\"[\\x20\\x21\\x23-\\x7e]*\"");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-f]{2})");

    private final String text;
    private int position;

    StructuredFieldTokenizer(String text) {
        this.text = text;
    }

    /** Thrown when a field does not conform to RFC 9651. Caught by {@link StructuredFields} only. */
    static final class MalformedStructuredFieldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedStructuredFieldException() {
            super("malformed structured field", null, false, false);
        }
    }

    boolean atEnd() {
        return position >= text.length();
    }

    /** Returns the next character, or NUL at the end of the text; no rule of the grammar allows NUL. */
    char peek() {
        return atEnd() ? '\0' : text.charAt(position);
    }

    /** Consumes the character if it is next, and returns whether it was. */
    boolean accept(char expected) {
        boolean matches = !atEnd() && peek() == expected;
        if (matches) {
            position++;
        }
        return matches;
    }

    void expect(char expected) {
        require(accept(expected));
    }

    void require(boolean condition) {
        if (!condition) {
            throw new MalformedStructuredFieldException();
        }
    }

    void skipSpaces() {
        while (peek() == ' ') {
            position++;
        }
    }

    /** Skips optional white space (OWS): spaces and tabs. */
    void skipOptionalWhitespace() {
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
            case '"' -> new BareItem(BareItem.BareItemType.STRING, string());
            case ':' -> new BareItem(BareItem.BareItemType.BYTES, byteSequence());
            case '?' ->
                new BareItem(BareItem.BareItemType.BOOLEAN, take(BOOLEAN).equals("?1") ? "true" : "false");
            case '@' -> new BareItem(BareItem.BareItemType.DATE, take(DATE));
            case '%' -> new BareItem(BareItem.BareItemType.DISPLAY_STRING, displayString());
            default ->
                next == '-' || (next >= '0' && next <= '9')
                        ? number()
                        : new BareItem(BareItem.BareItemType.TOKEN, take(TOKEN));
        };
    }

    /** Parses a byte sequence (section 4.2.7); padding may be missing, but one base64 digit encodes no byte. */
    private String byteSequence() {
        String literal = take(BYTES);
        require(literal.replaceAll("[:=]", "").length() % 4 != 1);
        return literal;
    }

    /** Parses a display string (section 4.2.10), whose decoded bytes must be valid UTF-8. */
    private String displayString() {
        String literal = take(DISPLAY);
        String content = literal.substring(2, literal.length() - 1);
        require(!BROKEN_ESCAPE.matcher(content).find());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < content.length(); i++) {
            if (content.charAt(i) == '%') {
                bytes.write(Integer.parseInt(content.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(content.charAt(i));
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
        } catch (CharacterCodingException e) {
            throw new MalformedStructuredFieldException();
        }
        return literal;
    }

    private BareItem number() {
        Matcher decimal = DECIMAL.matcher(text).region(position, text.length());
        return decimal.lookingAt()
                ? new BareItem(BareItem.BareItemType.DECIMAL, take(DECIMAL))
                : new BareItem(BareItem.BareItemType.INTEGER, take(INTEGER));
    }

    /** Parses a string (section 4.2.5). Uses a loop because patterns with alternatives recurse on long strings. */
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
