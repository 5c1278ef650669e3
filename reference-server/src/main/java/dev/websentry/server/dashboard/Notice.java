package dev.websentry.server.dashboard;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page says after a form was sent. The address carries a word, not the text, so that nobody can make a link that puts
 * their own text on a page of ours.
 */
final class Notice {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("logged-out", "You are logged out."),
            Map.entry("deleted", "The account is deleted, with its scans, keys and monitors."),
            Map.entry("password", "The password is changed. All other sessions have ended."),
            Map.entry("revoked", "The key is revoked. Programs that still use it are answered 401."),
            Map.entry("shared", "Whoever has the link below can read this report now."),
            Map.entry("unshared", "The link is revoked. It leads nowhere from now on."),
            Map.entry("monitor-added", "The monitor is added and its first scan is done."),
            Map.entry("monitor-paused", "The monitor is paused."),
            Map.entry("monitor-resumed", "The monitor runs again. What it missed is not made up."),
            Map.entry("monitor-deleted", "The monitor is deleted. Its reports are kept."),
            Map.entry("webhook-deleted", "The webhook is removed. Nothing is sent any more."),
            Map.entry("plan", "The plan is set."),
            Map.entry("disabled", "The account is disabled. Its sessions and keys no longer count."),
            Map.entry("enabled", "The account is enabled."));

    private Notice() {}

    static @Nullable String text(@Nullable String word) {
        return word == null ? null : TEXTS.get(word);
    }
}
