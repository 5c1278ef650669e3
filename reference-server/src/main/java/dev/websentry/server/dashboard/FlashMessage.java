package dev.websentry.server.dashboard;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a page shows after a form was submitted. The URL contains a key and not the text, so that a crafted
 * link cannot show an arbitrary text on a page of this server.
 */
final class FlashMessage {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("setup", "You are the administrator of this server. Scan your first site, or add a monitor."),
            Map.entry("logged-out", "You have been logged out."),
            Map.entry("deleted", "Your account was deleted, including its scans, API keys and monitors."),
            Map.entry("password", "Your password was changed. All other sessions were logged out."),
            Map.entry("revoked", "The API key was revoked. Requests that still use it receive status 401."),
            Map.entry("shared", "The report is shared: anyone with the link below can read it."),
            Map.entry("unshared", "The share link was revoked and no longer works."),
            Map.entry("monitor-added", "The monitor was added and its first scan is complete."),
            Map.entry("monitor-paused", "The monitor was paused."),
            Map.entry("monitor-resumed", "The monitor was resumed. Missed scans are not repeated."),
            Map.entry("monitor-deleted", "The monitor was deleted. Its reports are kept."),
            Map.entry("alerts-on", "E-mail alerts about the monitor were turned on."),
            Map.entry("alerts-off", "E-mail alerts about the monitor were turned off."),
            Map.entry("webhook-deleted", "The webhook was removed. No more messages are sent."),
            Map.entry(
                    "reset-requested",
                    "If an account has this e-mail address, a link to set a new password is on its way to it."),
            Map.entry("password-reset", "Your password was changed, and all sessions were logged out. Log in again."),
            Map.entry("account-ready", "Your account is ready."),
            Map.entry("account-created", "The account was created. Tell its owner the password."),
            Map.entry("account-deleted", "The account was deleted, including its scans, API keys and monitors."),
            Map.entry("invitation-revoked", "The invitation was revoked. Its link no longer works."),
            Map.entry("admin", "The account is now an administrator."),
            Map.entry("no-admin", "The account is no longer an administrator."),
            Map.entry("email-link", "A link was sent to your address. It is valid for two days."),
            Map.entry("email-saved", "Your choice was saved."),
            Map.entry("plan", "The plan was changed."),
            Map.entry("disabled", "The account was disabled. Its sessions and API keys are no longer accepted."),
            Map.entry("enabled", "The account was enabled."));

    private FlashMessage() {}

    /**
     * Returns the message of a key.
     *
     * @param key the value of the {@code done} parameter; may be null
     * @return the text; null if the key is null or unknown
     */
    static @Nullable String text(@Nullable String key) {
        return key == null ? null : TEXTS.get(key);
    }
}
