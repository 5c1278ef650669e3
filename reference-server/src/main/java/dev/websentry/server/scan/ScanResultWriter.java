package dev.websentry.server.scan;

import dev.websentry.server.database.DatabaseOutages;
import dev.websentry.server.scan.Scan.ScanFailure;
import dev.websentry.server.scan.Scan.ScanState;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.stereotype.Component;

/**
 * Stores how scans ended, also in interrupted threads. While the database is not available, a write is repeated: the
 * scan is done, and scanning the site again would take longer than an outage, or be a month later.
 */
@Component
class ScanResultWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ScanResultWriter.class);

    /** Callers wait for the response. */
    private static final Duration CALLER_TIMEOUT = Duration.ofSeconds(60);

    /** Longer than the restart of a database server, or its failover. */
    private static final Duration MONITOR_TIMEOUT = Duration.ofMinutes(15);

    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration MAX_DELAY = Duration.ofSeconds(5);

    private final ScanRepository store;
    private final RetryTemplate forCallers = retryFor(CALLER_TIMEOUT);
    private final RetryTemplate forMonitors = retryFor(MONITOR_TIMEOUT);

    ScanResultWriter(ScanRepository store) {
        this.store = store;
    }

    private static RetryTemplate retryFor(Duration timeout) {
        return new RetryTemplate(RetryPolicy.builder()
                .predicate(DatabaseOutages::isOutage)
                .maxRetries(Long.MAX_VALUE)
                .timeout(timeout)
                .delay(FIRST_DELAY)
                .multiplier(2)
                .maxDelay(MAX_DELAY)
                .build());
    }

    /**
     * Stores the results of a scan.
     *
     * @return false if no row of this run exists
     */
    boolean markDone(NewScan scan, StoredReport report) {
        return get(scan, () -> store.markDone(scan.id(), scan.runId(), report));
    }

    /**
     * Stores that a scan has no results.
     *
     * @param state FAILED or INTERRUPTED
     */
    void markFailed(NewScan scan, ScanState state, ScanFailure failure) {
        run(scan, () -> store.markFailed(scan.id(), scan.runId(), state, failure));
    }

    /** Runs a write that belongs to the end of a scan, such as the correction of a quota. */
    void run(NewScan scan, Runnable write) {
        boolean unused = get(scan, () -> {
            write.run();
            return true;
        });
    }

    /**
     * Runs a write. The connection pool gives no connection to an interrupted thread, but how a scan ended must be
     * stored anyway. A write that an interrupt has broken off is repeated.
     */
    private boolean get(NewScan scan, Supplier<Boolean> write) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return getDuringOutages(scan, write);
                } catch (RuntimeException e) {
                    if (!Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean getDuringOutages(NewScan scan, Supplier<Boolean> write) {
        try {
            return write.get();
        } catch (RuntimeException e) {
            if (!DatabaseOutages.isOutage(e)) {
                throw e;
            }
            LOG.warn("scan {} has ended, but the database is not available; storing its result is repeated", scan.id());
        }
        return Boolean.TRUE.equals((scan.monitorId() == null ? forCallers : forMonitors).invoke(write));
    }
}
