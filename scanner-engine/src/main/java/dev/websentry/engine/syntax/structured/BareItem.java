package dev.websentry.engine.syntax.structured;

/**
 * A bare item of a structured field, RFC 9651 section 3.3.
 *
 * @param type the type of the item
 * @param text the value: a string without its quotes, a boolean as {@code true} or {@code false}, everything else as it
 *     was sent
 */
public record BareItem(BareItemType type, String text) {
    static final BareItem TRUE = new BareItem(BareItemType.BOOLEAN, "true");

    /** The types of bare items in section 3.3. */
    public enum BareItemType {
        INTEGER,
        DECIMAL,
        STRING,
        TOKEN,
        BYTES,
        BOOLEAN,
        DATE,
        DISPLAY_STRING
    }

    /** Returns whether this item is the given token; the comparison is case-sensitive. */
    public boolean isToken(String token) {
        return type == BareItemType.TOKEN && text.equals(token);
    }
}
