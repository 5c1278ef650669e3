package dev.websentry.server.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * A site that is scanned on a schedule.
 *
 * @param url as it was given, trimmed
 * @param pausedBy empty while active
 * @param last what its scans have come to
 * @param nextDueAt its next trigger; without meaning while it is paused
 */
public record Monitor(
        String id,
        String accountId,
        String url,
        Frequency frequency,
        Optional<PausedBy> pausedBy,
        Last last,
        Instant nextDueAt,
        Instant createdAt) {

    /** Who paused a monitor. */
    public enum PausedBy {
        USER,
        /** A change to a plan with fewer monitors. */
        PLAN
    }

    /**
     * What a monitor's scans have come to.
     *
     * @param grade of the last scan that gave one
     * @param scanId of that scan
     * @param error why the last scan gave none; empty when it did
     * @param runAt the trigger that the last one answered; for the first scan, when it began
     */
    public record Last(
            Optional<String> grade, Optional<String> scanId, Optional<String> error, Optional<Instant> runAt) {}

    public boolean active() {
        return pausedBy.isEmpty();
    }
}
