package dev.websentry.server.scan;

import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.report.Report;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.scan.Scan.GradeSummary;
import dev.websentry.server.scan.Scan.ScanFailure;
import dev.websentry.server.scan.Scan.ScanState;
import dev.websentry.server.settings.WebSentryProperties;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Runs accepted scans, each with a permit of the queue, and stores how each of them ends. */
@Component
class ScanExecutor implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ScanExecutor.class);

    /** The maximum queue time of interactive scans, whose callers wait for the response. */
    static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(30);

    /** The maximum queue time of scheduled monitor scans, which run in the background. */
    static final Duration MONITOR_QUEUE_TIMEOUT = Duration.ofHours(12);

    /** The time that interrupted scans have to store their state. A write may wait 10 s for the lock of SQLite. */
    static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

    private final ScanResultWriter storing;
    private final SiteScanner scanner;
    private final FairScanQueue queue;
    private final ScanMetrics meters;
    private final Map<String, ScanProgress.ScanProgressRecorder> recorders = new ConcurrentHashMap<>();
    /** Bounded by the queue: a thread is started only for a scan that has a permit or a position in the queue. */
    private final ExecutorService threads;

    @Autowired
    ScanExecutor(ScanResultWriter storing, SiteScanner scanner, WebSentryProperties settings, ScanMetrics meters) {
        this(
                storing,
                scanner,
                new FairScanQueue(settings.scan().concurrency(), settings.scan().queue()),
                meters,
                Executors.newCachedThreadPool(new CustomizableThreadFactory("scan-")));
    }

    /** Creates an executor with the given queue and threads. */
    ScanExecutor(
            ScanResultWriter storing,
            SiteScanner scanner,
            FairScanQueue queue,
            ScanMetrics meters,
            ExecutorService threads) {
        this.storing = storing;
        this.scanner = scanner;
        this.queue = queue;
        this.meters = meters;
        this.threads = threads;
        meters.registerGauges(queue);
    }

    FairScanQueue queue() {
        return queue;
    }

    /** Returns whether a scan of a caller is queued or runs on this node and has not contacted its target yet. */
    boolean hasUndecided(String caller) {
        return recorders.values().stream()
                .anyMatch(recorder -> recorder.caller().equals(caller) && !recorder.hasContactedTarget());
    }

    /** Returns the progress of a scan that is queued or runs on this node. */
    Optional<ScanProgress> progress(String id) {
        return Optional.ofNullable(recorders.get(id)).map(ScanProgress.ScanProgressRecorder::snapshot);
    }

    /**
     * Runs a scan in the background as soon as its permit is granted, and releases the permit.
     *
     * @param failed called before the failure is stored
     */
    void start(NewScan scan, FairScanQueue.ScanPermit permit, Consumer<FailedRun> failed) {
        // The result is not awaited. It is stored, including a failure.
        InterruptibleTask<Scan> unused = submit(scan, permit, failed);
    }

    /**
     * Runs a scan like {@link #start} and waits for its end. If the waiting thread is interrupted, so is the scan.
     *
     * @param failed called before the failure is stored
     * @return the scan as it ended
     */
    Scan run(NewScan scan, FairScanQueue.ScanPermit permit, Consumer<FailedRun> failed) {
        InterruptibleTask<Scan> running = submit(scan, permit, failed);
        try {
            return running.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.interrupt();
            // The task stores and counts how the scan ends, and releases its permit.
            return toScan(scan, ScanState.INTERRUPTED, Optional.empty(), Optional.of(ScanFailures.interrupted()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataAccessException outage) {
                throw outage;
            }
            throw new IllegalStateException("scan " + scan.id() + " could not be stored", e.getCause());
        }
    }

    private InterruptibleTask<Scan> submit(NewScan scan, FairScanQueue.ScanPermit permit, Consumer<FailedRun> failed) {
        ScanProgress.ScanProgressRecorder recorder = new ScanProgress.ScanProgressRecorder(permit.caller());
        recorders.put(scan.id(), recorder);
        InterruptibleTask<Scan> task = new InterruptibleTask<>(() -> run(scan, permit, recorder, failed));
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // The server stops, so the task ends at once.
            task.run();
        } catch (OutOfMemoryError e) {
            // The operating system creates no more threads.
            permit.close();
            recorders.remove(scan.id());
            throw e;
        }
        return task;
    }

    private Scan run(
            NewScan scan,
            FairScanQueue.ScanPermit permit,
            ScanProgress.ScanProgressRecorder recorder,
            Consumer<FailedRun> failed) {
        // The permit is held until the result is stored, because the server waits for permits when it stops.
        try (permit) {
            if (isStopping()) {
                return interrupted(scan, recorder, failed);
            }
            Report report;
            try {
                permit.awaitGrant(scan.dueAt() == null ? QUEUE_TIMEOUT : MONITOR_QUEUE_TIMEOUT);
                recorder.permitGranted();
                report = scanner.scan(scan.id(), scan.target(), recorder);
            } catch (ScanException e) {
                return isStopping()
                        ? interrupted(scan, recorder, failed)
                        : fail(scan, ScanFailures.state(e), ScanFailures.of(e), recorder, failed);
            } catch (ApiException busy) {
                return fail(scan, ScanState.FAILED, new ScanFailure(busy.code(), busy.text()), recorder, failed);
            } catch (InterruptedException e) {
                return interrupted(scan, recorder, failed);
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                return isStopping()
                        ? interrupted(scan, recorder, failed)
                        : fail(scan, ScanState.FAILED, ScanFailures.internal(scan, e), recorder, failed);
            }
            if (isStopping()) {
                return interrupted(scan, recorder, failed);
            }
            // Outside of the inner block: a failure to store the report is not a failure of the scan.
            return finish(scan, report);
        } finally {
            recorders.remove(scan.id());
        }
    }

    /**
     * Returns whether the grace period of the shutdown is over. A scan that ends after that says nothing about its
     * site, whatever it ends with.
     */
    private boolean isStopping() {
        return threads.isShutdown();
    }

    private Scan interrupted(NewScan scan, ScanProgress.ScanProgressRecorder recorder, Consumer<FailedRun> failed) {
        return fail(scan, ScanState.INTERRUPTED, ScanFailures.interrupted(), recorder, failed);
    }

    /**
     * Stores that the queue rejected a scan. A scheduled monitor scan counts as interrupted, so that it is repeated.
     */
    Scan recordRejection(NewScan scan, ApiException busy) {
        return fail(
                scan,
                scan.dueAt() == null ? ScanState.FAILED : ScanState.INTERRUPTED,
                new ScanFailure(busy.code(), busy.text()),
                new ScanProgress.ScanProgressRecorder(""),
                failure -> {});
    }

    private Scan finish(NewScan scan, Report report) {
        report.internalErrors()
                .forEach(check -> LOG.error(
                        "scan {} of {}: {} {}",
                        scan.id(),
                        ForeignText.escape(scan.target().input()),
                        ForeignText.escape(check.value()),
                        ForeignText.escape(check.evidence())));
        StoredReport stored = StoredReport.of(report);
        GradeSummary verdict = stored.gradeSummary();
        if (!storing.markDone(scan, stored)) {
            LOG.warn(
                    "scan {} is done but was not stored: its account was deleted, or another run has taken it over",
                    scan.id());
        }
        LOG.info(
                "scan {} of {}: {}, {} ms",
                scan.id(),
                scan.site(),
                verdict.grade(),
                report.duration().toMillis());
        meters.recordDuration(report.duration());
        return ended(scan, ScanState.DONE, Optional.of(verdict), Optional.empty());
    }

    private Scan fail(
            NewScan scan,
            ScanState state,
            ScanFailure failure,
            ScanProgress.ScanProgressRecorder recorder,
            Consumer<FailedRun> failed) {
        LOG.info("scan {} of {}: {}", scan.id(), scan.site(), failure.code().id());
        storing.run(scan, () -> failed.accept(new FailedRun(recorder.hasContactedTarget(), failure.code())));
        storing.markFailed(scan, state, failure);
        return ended(scan, state, Optional.empty(), Optional.of(failure));
    }

    private Scan ended(NewScan scan, ScanState state, Optional<GradeSummary> verdict, Optional<ScanFailure> failure) {
        meters.recordOutcome(scan, state, failure);
        return toScan(scan, state, verdict, failure);
    }

    private static Scan toScan(
            NewScan scan, ScanState state, Optional<GradeSummary> verdict, Optional<ScanFailure> failure) {
        return new Scan(
                scan.id(),
                Optional.ofNullable(scan.accountId()),
                scan.target().input(),
                scan.site(),
                state,
                verdict,
                failure,
                Optional.ofNullable(scan.monitorId()),
                scan.createdAt());
    }

    /** Interrupts the scans that still run after the grace period of the shutdown. They are stored as interrupted. */
    @Override
    public void destroy() throws InterruptedException {
        queue.close(() -> {});
        threads.shutdownNow();
        if (!threads.awaitTermination(SHUTDOWN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("some scans did not stop in time; they will be marked as interrupted later");
        }
    }

    /**
     * The failure of a scan.
     *
     * @param targetContacted whether the scan has sent requests to the target
     */
    record FailedRun(boolean targetContacted, ErrorCode code) {}
}
