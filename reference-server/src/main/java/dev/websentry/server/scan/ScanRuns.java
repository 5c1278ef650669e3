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

/** Runs the scans that were let in, one in each place, and writes down how each of them ends. */
@Component
class ScanRuns implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ScanRuns.class);

    /** Those who wait in the queue are on the line; who asks for a monitor's trigger has time. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Duration PATIENCE_OF_MONITORS = Duration.ofHours(12);

    /** From the end of the engine to the last row that says so. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final ScanStore store;
    private final SiteScanner scanner;
    private final Places places;
    private final ScanMeters meters;
    private final Map<String, ScanProgress.Recorder> recorders = new ConcurrentHashMap<>();
    /** As many threads as there are places and queue: nothing is started without a ticket. */
    private final ExecutorService threads = Executors.newCachedThreadPool(new CustomizableThreadFactory("scan-"));

    ScanRuns(ScanStore store, SiteScanner scanner, Settings settings, ScanMeters meters) {
        this.store = store;
        this.scanner = scanner;
        this.meters = meters;
        this.places = new Places(settings.scan().concurrency(), settings.scan().queue());
        meters.watch(places);
    }

    Places places() {
        return places;
    }

    /** What a scan is doing that runs on this node. */
    Optional<ScanProgress> progress(String id) {
        return Optional.ofNullable(recorders.get(id)).map(ScanProgress.Recorder::now);
    }

    /** Runs a scan when its place is free, and gives the place back. */
    Future<Scan> start(NewScan scan, Places.Ticket ticket, Consumer<Failed> failed) {
        ScanProgress.Recorder recorder = new ScanProgress.Recorder();
        recorders.put(scan.id(), recorder);
        try {
            return threads.submit(() -> run(scan, ticket, recorder, failed));
        } catch (RejectedExecutionException e) {
            ticket.close();
            recorders.remove(scan.id());
            return CompletableFuture.completedFuture(fail(scan, State.INTERRUPTED, cutOff(), recorder, failed));
        }
    }

    /**
     * The same, waiting for it.
     *
     * @param failed told before anybody can read of the failure
     * @return the scan as it ended
     */
    Scan run(NewScan scan, Places.Ticket ticket, Consumer<Failed> failed) {
        Future<Scan> running = start(scan, ticket, failed);
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.cancel(true);
            return ended(scan, State.INTERRUPTED, Optional.empty(), Optional.of(cutOff()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("scan " + scan.id() + " could not be recorded", e.getCause());
        }
    }

    private Scan run(NewScan scan, Places.Ticket ticket, ScanProgress.Recorder recorder, Consumer<Failed> failed) {
        try (ticket) {
            ticket.await(scan.dueAt() == null ? PATIENCE : PATIENCE_OF_MONITORS);
            recorder.placed();
            return finish(scan, scanner.scan(scan.id(), scan.target(), recorder));
        } catch (ScanException e) {
            return fail(scan, state(e), failure(e), recorder, failed);
        } catch (ApiException busy) {
            return fail(scan, State.FAILED, new Failure(busy.code(), busy.text()), recorder, failed);
        } catch (InterruptedException e) {
            return fail(scan, State.INTERRUPTED, cutOff(), recorder, failed);
        } catch (RuntimeException e) {
            LOG.error("scan {} failed", scan.id(), e);
            Failure ours = new Failure(ErrorCode.INTERNAL, "The scan failed inside the server. Its log says why.");
            return fail(scan, State.FAILED, ours, recorder, failed);
        } finally {
            recorders.remove(scan.id());
        }
    }

    /** Writes down that a scan that has begun found no place. One that answers a trigger is done again. */
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
            LOG.warn("scan {} is done, but its account is gone or another node has taken it over", scan.id());
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
        // The pool of connections gives none to a thread that is told to stop; this must be written all the same.
        boolean stopped = Thread.interrupted();
        failed.accept(new Failed(recorder.hasSent()));
        store.fail(scan.id(), scan.run(), state, failure);
        if (stopped) {
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
            // SERVER_FAILED is another server's, and does not come from a scan of our own.
            case SERVER_FAILED -> new Failure(ErrorCode.INTERNAL, message);
            case INTERRUPTED -> cutOff();
        };
    }

    private static Failure cutOff() {
        return new Failure(ErrorCode.BUSY, ScanService.CUT_OFF);
    }

    /** After the grace of a shutdown: whatever still runs is cut off, and recorded as that. */
    @Override
    public void destroy() throws InterruptedException {
        places.close(() -> {});
        threads.shutdownNow();
        if (!threads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("some scans did not end in time; they will be found as interrupted");
        }
    }

    /**
     * How a scan failed.
     *
     * @param sent whether its target was sent anything
     */
    record Failed(boolean sent) {}
}
