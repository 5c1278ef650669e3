package dev.websentry.engine.syntax;

import java.util.regex.Pattern;

/**
 * One header field line, as it was sent or is to be sent.
 *
 * @param name the field name in the sender's own spelling; compare it without regard to case
 * @param value without surrounding white space
 */
public record Header(String name, String value) {
    /** RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * Reads {@code Name: value} as a person types it.
     *
     * @throws IllegalArgumentException when it is not a header line; the message names the field but not the value, which
     *     may be a secret
     */
    public static Header parse(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("a header line has no valid field name: expected Name: value");
        }
        String value = line.substring(colon + 1).strip();
        if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c >= 0x7f)) {
            throw new IllegalArgumentException("the header '" + name
                    + "' has a control or non-ASCII character in its value: expected printable ASCII");
        }
        return new Header(name, value);
    }
}
