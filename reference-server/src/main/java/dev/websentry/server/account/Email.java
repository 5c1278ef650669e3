package dev.websentry.server.account;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address that identifies an account. The server does not verify that it can receive mail.
 *
 * @param text in lower case
 */
public record Email(String text) {
    /** The 256 octets of a path (RFC 5321 section 4.5.3.1.3) without its angle brackets. */
    private static final int MAX_LENGTH = 254;

    private static final Pattern FORMAT = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]+");

    public Email {
        if (text.length() > MAX_LENGTH
                || !FORMAT.matcher(text).matches()
                || !text.equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not an e-mail address in lower case");
        }
    }

    /**
     * Parses an e-mail address, ignoring surrounding white space, and converts it to lower case.
     *
     * @throws IllegalArgumentException if the text is not an e-mail address; the message can be shown to the user
     */
    public static Email parse(String text) {
        String normal = text.strip().toLowerCase(Locale.ROOT);
        if (normal.length() > MAX_LENGTH || !FORMAT.matcher(normal).matches()) {
            throw new IllegalArgumentException("The e-mail address is not valid; enter one such as name@example.com");
        }
        return new Email(normal);
    }
}
