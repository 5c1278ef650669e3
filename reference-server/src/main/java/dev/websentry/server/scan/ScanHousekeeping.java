package dev.websentry.server.scan;

import dev.websentry.server.settings.WebSentryProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes expired scans and marks scans as interrupted whose server has crashed. Every node does both; if two nodes do
 * so at the same time, the second finds nothing. Nodes need not know each other: a scan has a deadline, and a scan that
 * is still marked as running long after it has no server.
 */
@Component
class ScanHousekeeping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ScanHousekeeping.class);

    /** Tolerance for slow databases and machines that were suspended. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final ScanRepository store;
    private final WebSentryProperties settings;
    private final Clock clock;
    private volatile boolean started;

    ScanHousekeeping(ScanRepository store, WebSentryProperties settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void cleanUp() {
        store.deleteExpired();
        Instant now = clock.instant();
        Duration maxDuration = settings.scan().timeout().plus(MARGIN);
        logInterrupted(store.markInterruptedBefore(
                now.minus(maxDuration.plus(ScanExecutor.QUEUE_TIMEOUT)),
                now.minus(maxDuration.plus(ScanExecutor.MONITOR_QUEUE_TIMEOUT))));
    }

    /**
     * Marks all running scans as interrupted if the database is SQLite. A SQLite file has only one server, and this one
     * accepts no scans yet.
     */
    @Override
    public void start() {
        if (settings.db().url() == null) {
            Instant now = clock.instant();
            logInterrupted(store.markInterruptedBefore(now, now));
        }
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** Returns a phase before that of the web server. The schedulers start after the web server. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }

    private static void logInterrupted(int count) {
        if (count > 0) {
            LOG.warn("{} scans were interrupted because their server stopped", count);
        }
    }
}
