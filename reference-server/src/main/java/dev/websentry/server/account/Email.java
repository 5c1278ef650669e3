package dev.websentry.server.account;

import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address as the name of an account; whether mail arrives there is not asked. */
public record Email(String text) {
    /** RFC 5321 section 4.5.3.1.3 leaves 254 for the address within its path. */
    private static final int LONGEST = 254;

    private static final Pattern FORM = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]+");

    public Email {
        if (text.length() > LONGEST || !FORM.matcher(text).matches() || !text.equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not an e-mail address in lower case");
        }
    }

    /**
     * Reads an address in any case.
     *
     * @throws IllegalArgumentException when it is none; the message is fit to be shown
     */
    public static Email parse(String text) {
        String normal = text.strip().toLowerCase(Locale.ROOT);
        if (normal.length() > LONGEST || !FORM.matcher(normal).matches()) {
            throw new IllegalArgumentException("The e-mail address is not valid: expected such as name@example.com");
        }
        return new Email(normal);
    }
}
