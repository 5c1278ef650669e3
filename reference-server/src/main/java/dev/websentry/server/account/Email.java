package dev.websentry.server.account;

import java.util.regex.Pattern;

/**
 * An e-mail address that identifies an account. The server does not verify that it can receive mail.
 *
 * @param text the canonical spelling: in lower case, normalized, with the domain in ASCII; see {@link EmailNormalizer}
 */
public record Email(String text) {
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

    public Email {
        if (!text.equals(EmailNormalizer.normalize(text))) {
            throw new IllegalArgumentException("not a normalized e-mail address");
        }
    }

    /**
     * Parses an e-mail address, ignoring surrounding white space, and normalizes it.
     *
     * @throws IllegalArgumentException if the text is not an e-mail address, or if it contains characters that do not
     *     show or that look like others; the message can be shown to the user
     */
    public static Email parse(String text) {
        return new Email(EmailNormalizer.normalize(text.strip()));
    }

    /**
     * Returns a text that is equal for addresses that look alike (UTS 39 section 4, "skeleton").
     *
     * @return the skeleton of the address as it is displayed, with the domain in Unicode
     */
    public String skeleton() {
        return EmailNormalizer.skeleton(text);
    }

    /** Returns whether the address as it is displayed contains only ASCII characters. */
    public boolean isAscii() {
        return ASCII.matcher(EmailNormalizer.display(text)).matches();
    }
}
