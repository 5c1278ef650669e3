package dev.websentry.server.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the audit log.
 *
 * @param retention How long audit events are kept, 1d to 3650d.
 */
public record AuditProperties(@DefaultValue("365d") Duration retention) {
    private static final Duration MIN_RETENTION = Duration.ofDays(1);
    private static final Duration MAX_RETENTION = Duration.ofDays(3650);

    public AuditProperties {
        if (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException("websentry.audit.retention is " + retention.toHours() + "h; use "
                    + MIN_RETENTION.toDays() + "d to " + MAX_RETENTION.toDays() + "d");
        }
    }
}
