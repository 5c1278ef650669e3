package dev.websentry.server.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * A site that is scanned on a schedule.
 *
 * @param url the URL as entered by the user, trimmed
 * @param emailAlerts whether e-mails are sent about this monitor, if the account receives alerts
 * @param pausedBy the cause of the pause; empty while the monitor is active
 * @param last results of the last scans
 * @param nextDueAt next trigger; meaningless while the monitor is paused
 */
public record Monitor(
        String id,
        String accountId,
        String url,
        Frequency frequency,
        boolean emailAlerts,
        Optional<PausedBy> pausedBy,
        LastMonitorResult last,
        Instant nextDueAt,
        Instant createdAt) {

    /** The cause of a pause. */
    public enum PausedBy {
        /** The owner of the monitor. */
        USER,
        /** A downgrade to a plan with fewer monitors. */
        PLAN
    }

    /**
     * The results of a monitor's last scans.
     *
     * @param grade grade of the last successful scan
     * @param scanId id of the last successful scan
     * @param error why the last scan failed; empty if it succeeded
     * @param runAt trigger of the last scan; for the first scan, its start
     */
    public record LastMonitorResult(
            Optional<String> grade, Optional<String> scanId, Optional<String> error, Optional<Instant> runAt) {}

    /** Returns whether the monitor is not paused. */
    public boolean active() {
        return pausedBy.isEmpty();
    }
}
