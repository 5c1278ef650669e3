package dev.websentry.server.scan;

import dev.websentry.server.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes scans whose time is over, and finds those whose server died. Every node does both; the second finds nothing. No
 * node has to know of the others: a scan has a deadline, and what still runs long after it does not run.
 */
@Component
class ScanHousekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(ScanHousekeeping.class);

    /** For slow databases and machines that were asleep. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final ScanStore store;
    private final Settings settings;
    private final Clock clock;

    ScanHousekeeping(ScanStore store, Settings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void tidy() {
        store.deleteExpired();
        Instant now = clock.instant();
        Duration run = settings.scan().timeout().plus(MARGIN);
        report(store.interruptOlderThan(
                now.minus(run.plus(ScanRuns.PATIENCE)), now.minus(run.plus(ScanRuns.PATIENCE_OF_MONITORS))));
    }

    /** A SQLite file has one server: what its rows say is running was cut off when the last one ended. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (settings.db().url() == null) {
            Instant now = clock.instant();
            report(store.interruptOlderThan(now, now));
        }
    }

    private static void report(int found) {
        if (found > 0) {
            LOG.warn("{} scans were cut off by the end of their server", found);
        }
    }
}
