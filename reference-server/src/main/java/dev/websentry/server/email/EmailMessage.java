package dev.websentry.server.email;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail to one recipient.
 *
 * @param recipient the address, such as {@code name@example.com}, without a display name
 * @param subject one line without control characters
 * @param text the body for programs that do not display HTML
 * @param html the same body as an HTML document
 * @param unsubscribeUrl the URL that ends e-mails of this kind, for the header of the e-mail; null for other e-mails
 */
public record EmailMessage(
        String recipient,
        String subject,
        String text,
        String html,
        @Nullable String unsubscribeUrl) {
    /** The 256 octets of a path (RFC 5321 section 4.5.3.1.3) without its angle brackets. */
    private static final int MAX_RECIPIENT_LENGTH = 254;

    private static final int MAX_SUBJECT_LENGTH = 200;

    /** A line has at most 998 characters (RFC 5322 section 2.1.1), and a URL cannot be folded. */
    private static final int MAX_URL_LENGTH = 900;

    private static final int MAX_BODY_LENGTH = 256 * 1024;

    /** Control characters would add header fields or end the header (CWE-93). */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;:<>()\\[\\]\"\\\\]+@[^\\s@,;:<>()\\[\\]\"\\\\]+");

    public EmailMessage {
        requireHeader("recipient", recipient, MAX_RECIPIENT_LENGTH);
        requireHeader("subject", subject, MAX_SUBJECT_LENGTH);
        if (!ADDRESS.matcher(recipient).matches()) {
            throw new IllegalArgumentException("The recipient is not one e-mail address");
        }
        requireBody("text", text);
        requireBody("HTML", html);
        if (unsubscribeUrl != null) {
            requireHeader("unsubscribe URL", unsubscribeUrl, MAX_URL_LENGTH);
        }
    }

    /** Creates an e-mail of a kind that cannot be ended, such as a password reset. */
    public EmailMessage(String recipient, String subject, String text, String html) {
        this(recipient, subject, text, html, null);
    }

    /** Returns this e-mail with a URL that ends e-mails of this kind. */
    public EmailMessage withUnsubscribeUrl(String url) {
        return new EmailMessage(recipient, subject, text, html, url);
    }

    private static void requireHeader(String name, String value, int maxLength) {
        if (value.isBlank()
                || value.length() > maxLength
                || UNSAFE.matcher(value).find()) {
            throw new IllegalArgumentException("The " + name + " is empty, longer than " + maxLength
                    + " characters, or contains control characters");
        }
    }

    private static void requireBody(String name, String body) {
        if (body.isBlank() || body.length() > MAX_BODY_LENGTH) {
            throw new IllegalArgumentException(
                    "The " + name + " body is empty or longer than " + MAX_BODY_LENGTH + " characters");
        }
    }

    /** Omits the address and the content, which may contain a secret link, so that the text is safe to log. */
    @Override
    public String toString() {
        return "EmailMessage[not shown]";
    }
}
