package dev.websentry.server.dashboard;

import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate expires.
 *
 * @param days full days that remain; negative if it has expired
 * @param tone CSS class of its color: red for expired certificates, yellow for the last two weeks
 */
record CertificateEnd(DisplayTime time, long days, String tone) {
    private static final int WARNING_DAYS = 14;

    static CertificateEnd of(Instant end, Instant now) {
        long days = Math.floorDiv(
                Duration.between(now, end).toSeconds(), Duration.ofDays(1).toSeconds());
        return new CertificateEnd(DisplayTime.of(end), days, days < 0 ? "fail" : days < WARNING_DAYS ? "warn" : "none");
    }

    /** Returns the end as pages show it, such as {@code 2026-03-01 (in 12 days)}. */
    public String text() {
        if (days < 0) {
            return time.date() + " (expired)";
        }
        return time.date() + (days == 0 ? " (within a day)" : days == 1 ? " (in 1 day)" : " (in " + days + " days)");
    }
}
