package dev.websentry.server.testing;

import dev.websentry.server.webhook.GradeDropped;

/** Events for tests of their delivery. */
public final class WebhookEvents {
    private WebhookEvents() {}

    /** Returns the event of a monitor of https://shop.example.com that dropped from grade A to C. */
    public static GradeDropped gradeDropped(String scanId) {
        return new GradeDropped(
                new GradeDropped.MonitorReference("m", "https://shop.example.com", "daily"), "A", "C", 61, scanId);
    }
}
