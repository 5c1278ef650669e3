package dev.websentry.engine.syntax;

import java.util.regex.Pattern;

/**
 * A header field line of an HTTP request or response.
 *
 * @param name field name as sent; compare it case-insensitively
 * @param value field value without surrounding whitespace
 */
public record Header(String name, String value) {
    /** Token of RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * Parses a header line that a user entered.
     *
     * @param line such as {@code Name: value}
     * @return the header
     * @throws IllegalArgumentException if the line is invalid; the message contains the field name but not the value,
     *     which may be a secret
     */
    public static Header parse(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("invalid field name in a header line; use \"Name: value\"");
        }
        String value = line.substring(colon + 1).strip();
        if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c >= 0x7f)) {
            throw new IllegalArgumentException("header '" + name
                    + "': the value contains a control or non-ASCII character; use printable ASCII characters");
        }
        return new Header(name, value);
    }
}
