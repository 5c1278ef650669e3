package dev.websentry.engine.syntax.structured;

/**
 * A bare item, RFC 9651 section 3.3.
 *
 * @param text a string without its quotes, a token or number as sent, a boolean as "true" or "false"
 */
public record BareItem(Type type, String text) {
    static final BareItem TRUE = new BareItem(Type.BOOLEAN, "true");

    /** The types of section 3.3. */
    public enum Type {
        INTEGER,
        DECIMAL,
        STRING,
        TOKEN,
        BYTES,
        BOOLEAN,
        DATE,
        DISPLAY_STRING
    }

    /** Whether it is this token, to the letter. */
    public boolean isToken(String token) {
        return type == Type.TOKEN && text.equals(token);
    }
}
