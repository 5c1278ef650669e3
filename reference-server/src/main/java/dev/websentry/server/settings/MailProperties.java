package dev.websentry.server.settings;

import org.jspecify.annotations.Nullable;

/**
 * Settings of e-mails. The mail server is set with spring.mail.
 *
 * @param from Sender of all e-mails, such as WebSentry &lt;noreply@example.com>. Required if spring.mail.host is set.
 */
public record MailProperties(@Nullable String from) {
    public MailProperties {
        from = from == null || from.isBlank() ? null : from.strip();
    }
}
