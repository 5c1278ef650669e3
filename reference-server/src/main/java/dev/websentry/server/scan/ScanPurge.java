package dev.websentry.server.scan;

import dev.websentry.server.account.Plan;
import dev.websentry.server.scan.ScanPurgeRepository.PurgePosition;
import dev.websentry.server.settings.RetentionProperties;
import dev.websentry.server.settings.WebSentryProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes scans whose retention period is over, in small batches with a pause after each, so that other writers are
 * never delayed noticeably.
 */
@Component
class ScanPurge {
    private static final Logger LOG = LoggerFactory.getLogger(ScanPurge.class);
    private static final int BATCH_SIZE = 100;
    private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

    private final ScanPurgeRepository store;
    private final RetentionProperties retention;
    private final Clock clock;

    ScanPurge(ScanPurgeRepository store, WebSentryProperties settings, Clock clock) {
        this.store = store;
        this.retention = settings.retention();
        this.clock = clock;
    }

    /**
     * Deletes all scans whose retention period is over.
     *
     * @param stopped checked between batches; the rest is deleted by the next run
     * @return the number of deleted scans
     */
    long run(BooleanSupplier stopped) {
        long deleted = 0;
        for (Plan plan : Plan.values()) {
            Duration kept = switch (plan) {
                case FREE -> retention.free();
                case PRO -> retention.pro();
                case AGENCY -> retention.agency();
            };
            deleted += deleteAll(
                    position ->
                            store.findOfPlan(plan.wireName(), clock.instant().minus(kept), position, BATCH_SIZE),
                    stopped);
        }
        deleted += deleteAll(
                position -> store.findUnchanged(clock.instant().minus(retention.monitors()), position, BATCH_SIZE),
                stopped);
        if (deleted > 0) {
            LOG.info("{} scans were deleted because their retention period is over", deleted);
        }
        return deleted;
    }

    private long deleteAll(Function<PurgePosition, List<PurgePosition>> find, BooleanSupplier stopped) {
        long deleted = 0;
        PurgePosition position = PurgePosition.START;
        while (!stopped.getAsBoolean()) {
            List<PurgePosition> page = find.apply(position);
            if (page.isEmpty()) {
                break;
            }
            long began = System.nanoTime();
            deleted += store.delete(page.stream().map(PurgePosition::id).toList());
            position = page.get(page.size() - 1);
            // Waiting writers of SQLite poll for the lock, so that without a gap they could miss it for seconds.
            LockSupport.parkNanos(Math.min(System.nanoTime() - began, MAX_PAUSE.toNanos()));
        }
        return deleted;
    }
}
