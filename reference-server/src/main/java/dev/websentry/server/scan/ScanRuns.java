package dev.websentry.server.scan;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJson;
import dev.websentry.engine.target.ScanException;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorCode;
import dev.websentry.server.scan.Scan.Failure;
import dev.websentry.server.scan.Scan.State;
import dev.websentry.server.scan.Scan.Verdict;
import dev.websentry.server.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Runs accepted scans, each with a permit of the queue, and stores how each of them ends. */
@Component
class ScanRuns implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ScanRuns.class);

    /** The maximum queue time of interactive scans, whose callers wait for the response. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The maximum queue time of scheduled monitor scans, which run in the background. */
    static final Duration PATIENCE_OF_MONITORS = Duration.ofHours(12);

    /** The time that interrupted scans have to store their state. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private final ScanStore store;
    private final SiteScanner scanner;
    private final Places queue;
    private final ScanMeters meters;
    private final Map<String, ScanProgress.Recorder> recorders = new ConcurrentHashMap<>();
    /** Bounded by the queue: a thread is started only for a scan that has a permit or a position in the queue. */
    private final ExecutorService threads = Executors.newCachedThreadPool(new CustomizableThreadFactory("scan-"));

    ScanRuns(ScanStore store, SiteScanner scanner, Settings settings, ScanMeters meters) {
        this.store = store;
        this.scanner = scanner;
        this.meters = meters;
        this.queue = new Places(settings.scan().concurrency(), settings.scan().queue());
        meters.watch(queue);
    }

    Places places() {
        return queue;
    }

    /** Returns the progress of a scan that is queued or runs on this node. */
    Optional<ScanProgress> progress(String id) {
        return Optional.ofNullable(recorders.get(id)).map(ScanProgress.Recorder::now);
    }

    /**
     * Runs a scan as soon as its permit is granted, and releases the permit.
     *
     * @param failed called before the failure is stored
     * @return the scan as it ended
     */
    Future<Scan> start(NewScan scan, Places.Ticket permit, Consumer<Failed> failed) {
        ScanProgress.Recorder recorder = new ScanProgress.Recorder();
        recorders.put(scan.id(), recorder);
        try {
            return threads.submit(() -> run(scan, permit, recorder, failed));
        } catch (RejectedExecutionException e) {
            permit.close();
            recorders.remove(scan.id());
            return CompletableFuture.completedFuture(
                    fail(scan, State.INTERRUPTED, interruptedFailure(), recorder, failed));
        }
    }

    /**
     * Runs a scan like {@link #start} and waits for its end.
     *
     * @param failed called before the failure is stored
     * @return the scan as it ended
     */
    Scan run(NewScan scan, Places.Ticket permit, Consumer<Failed> failed) {
        Future<Scan> running = start(scan, permit, failed);
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.cancel(true);
            return ended(scan, State.INTERRUPTED, Optional.empty(), Optional.of(interruptedFailure()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("scan " + scan.id() + " could not be stored", e.getCause());
        }
    }

    private Scan run(NewScan scan, Places.Ticket permit, ScanProgress.Recorder recorder, Consumer<Failed> failed) {
        try (permit) {
            permit.await(scan.dueAt() == null ? PATIENCE : PATIENCE_OF_MONITORS);
            recorder.placed();
            return finish(scan, scanner.scan(scan.id(), scan.target(), recorder));
        } catch (ScanException e) {
            return fail(scan, state(e), failure(e), recorder, failed);
        } catch (ApiException busy) {
            return fail(scan, State.FAILED, new Failure(busy.code(), busy.text()), recorder, failed);
        } catch (InterruptedException e) {
            return fail(scan, State.INTERRUPTED, interruptedFailure(), recorder, failed);
        } catch (RuntimeException e) {
            LOG.error("scan {} failed", scan.id(), e);
            Failure internal = new Failure(
                    ErrorCode.INTERNAL, "The scan failed with an internal error. See the server log for details.");
            return fail(scan, State.FAILED, internal, recorder, failed);
        } finally {
            recorders.remove(scan.id());
        }
    }

    /**
     * Stores that the queue rejected a scan. A scheduled monitor scan counts as interrupted, so that it is repeated.
     */
    Scan refuse(NewScan scan, ApiException busy) {
        return fail(
                scan,
                scan.dueAt() == null ? State.FAILED : State.INTERRUPTED,
                new Failure(busy.code(), busy.text()),
                new ScanProgress.Recorder(),
                failure -> {});
    }

    private Scan finish(NewScan scan, Report report) {
        Verdict verdict = new Verdict(report.grade().label(), report.score());
        if (!store.finish(scan.id(), scan.run(), verdict, ReportJson.resultsText(report))) {
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
        meters.took(report.duration());
        return ended(scan, State.DONE, Optional.of(verdict), Optional.empty());
    }

    private Scan fail(
            NewScan scan, State state, Failure failure, ScanProgress.Recorder recorder, Consumer<Failed> failed) {
        LOG.info("scan {} of {}: {}", scan.id(), scan.site(), failure.code().wire());
        // The connection pool gives no connection to an interrupted thread, but the failure must be stored anyway.
        boolean interrupted = Thread.interrupted();
        failed.accept(new Failed(recorder.hasSent()));
        store.fail(scan.id(), scan.run(), state, failure);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended(scan, state, Optional.empty(), Optional.of(failure));
    }

    private Scan ended(NewScan scan, State state, Optional<Verdict> verdict, Optional<Failure> failure) {
        meters.ended(scan, state, failure);
        return new Scan(
                scan.id(),
                Optional.ofNullable(scan.accountId()),
                scan.target().given(),
                scan.site(),
                state,
                verdict,
                failure,
                Optional.ofNullable(scan.monitorId()),
                scan.createdAt());
    }

    private static State state(ScanException failure) {
        return failure.reason() == ScanException.Reason.INTERRUPTED ? State.INTERRUPTED : State.FAILED;
    }

    private static Failure failure(ScanException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case UNRESOLVABLE -> new Failure(ErrorCode.UNRESOLVABLE, message);
            case BLOCKED_ADDRESS -> new Failure(ErrorCode.BLOCKED_ADDRESS, message);
            case UNREACHABLE, REFUSED_BY_SITE, TIMED_OUT -> new Failure(ErrorCode.UNREACHABLE, message);
            // SERVER_FAILED comes from remote scans on another server and does not occur here.
            case SERVER_FAILED -> new Failure(ErrorCode.INTERNAL, message);
            case INTERRUPTED -> interruptedFailure();
        };
    }

    private static Failure interruptedFailure() {
        return new Failure(ErrorCode.BUSY, ScanService.CUT_OFF);
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
     * @param sent whether the scan has sent requests to the target
     */
    record Failed(boolean sent) {}
}
