package dev.websentry.server.alert;

import java.util.Locale;
import java.util.Optional;

/**
 * The e-mails that a link ends.
 *
 * @param monitorId the monitor that the alert with the link was about; empty for a summary
 */
public record Subscription(EmailKind kind, String accountId, Optional<String> monitorId) {
    /** The kinds of e-mails that an account can choose. */
    public enum EmailKind {
        /** Alerts about grades and certificates. */
        ALERTS,
        /** The weekly summary. */
        SUMMARY;

        /** Returns the name in links and on pages. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
