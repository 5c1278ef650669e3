package dev.websentry.server.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how long reports are kept, 1d to 36500d each. Shared reports are kept until their link is revoked.
 *
 * @param free How long scans of accounts on the free plan are kept.
 * @param pro How long scans of accounts on the pro plan are kept.
 * @param agency How long scans of accounts on the agency plan are kept.
 * @param monitors How long unchanged reports of monitors are kept, and failed scans of them. The first, the last and
 *     every changed report of a monitor are kept as long as its account.
 */
public record RetentionProperties(
        @DefaultValue("90d") Duration free,
        @DefaultValue("730d") Duration pro,
        @DefaultValue("730d") Duration agency,
        @DefaultValue("90d") Duration monitors) {
    private static final Duration MIN_RETENTION = Duration.ofDays(1);
    private static final Duration MAX_RETENTION = Duration.ofDays(36_500);

    public RetentionProperties {
        requireRange("free", free);
        requireRange("pro", pro);
        requireRange("agency", agency);
        requireRange("monitors", monitors);
    }

    private static void requireRange(String name, Duration retention) {
        if (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException("websentry.retention." + name + " is " + retention.toHours() + "h; use "
                    + MIN_RETENTION.toDays() + "d to " + MAX_RETENTION.toDays() + "d");
        }
    }
}
