package dev.websentry.engine.job;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.recording.KnownSecrets;
import dev.websentry.engine.recording.Recording;
import dev.websentry.engine.remote.RemoteScanner;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a scan request: scans the targets concurrently, grades each one and writes its files as soon as its scan is
 * finished.
 */
public final class ScanJob {
    /** The errors that a deployment causes while it is starting. */
    private static final Set<ScanException.ScanFailureReason> RETRYABLE = EnumSet.of(
            ScanException.ScanFailureReason.UNRESOLVABLE,
            ScanException.ScanFailureReason.UNREACHABLE,
            ScanException.ScanFailureReason.REFUSED_BY_SITE,
            ScanException.ScanFailureReason.TIMED_OUT);

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    /** How long an interrupted job waits for files that are being written. */
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

    private final ScanRequest request;
    private final SiteScanner scanner;
    private final ExecutorService pool;
    private final Map<Target, String> names;

    private ScanJob(ScanRequest request, SiteScanner scanner, ExecutorService pool) {
        this.request = request;
        this.scanner = scanner;
        this.pool = pool;
        this.names = ReportFileNames.of(request.targets());
    }

    /**
     * Scans all targets, even if single scans fail or a file cannot be written.
     *
     * @param finished called on the calling thread for each target after its files are written
     * @return the results in the order of the request
     * @throws InterruptedException if the calling thread is interrupted; the scans are stopped
     */
    public static JobResult run(ScanRequest request, Consumer<SiteResult> finished) throws InterruptedException {
        return run(request, scanner(request), finished);
    }

    /**
     * Scans all targets with a scanner, even if single scans fail. Closes the scanner.
     *
     * @param siteScanner scans the single sites
     * @param finished called on the calling thread for each target after its files are written
     * @return the results in the order of the request
     * @throws InterruptedException if the calling thread is interrupted; the scans are stopped
     */
    public static JobResult run(ScanRequest request, SiteScanner siteScanner, Consumer<SiteResult> finished)
            throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.min(request.parallelism(), request.targets().size()), work -> {
                    Thread thread = new Thread(work, "websentry-run");
                    thread.setDaemon(true);
                    return thread;
                });
        ScanJob job = new ScanJob(request, siteScanner, pool);
        try {
            return job.run(finished);
        } finally {
            job.stop();
        }
    }

    /** Stops the scans and waits briefly until files that are being written are complete. */
    private void stop() {
        // Before the scanner is closed: scans that fail because of this are then known to be stopped.
        pool.shutdownNow();
        scanner.close();
        boolean interrupted = Thread.interrupted();
        try {
            boolean unused = pool.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static SiteScanner scanner(ScanRequest request) {
        return request.server().isPresent()
                ? SiteScanner.remote(new RemoteScanner(request.server().get()))
                : SiteScanner.local(request.options(), CheckCatalog.standard());
    }

    private JobResult run(Consumer<SiteResult> finished) throws InterruptedException {
        CompletionService<SiteResult> completion = new ExecutorCompletionService<>(pool);
        request.targets().forEach(target -> completion.submit(() -> scan(target)));
        Map<Target, SiteResult> results = new HashMap<>();
        while (results.size() < request.targets().size()) {
            SiteResult result = result(completion.take());
            results.put(result.target(), result);
            finished.accept(result);
        }
        return new JobResult(request.targets().stream()
                .map(target -> Objects.requireNonNull(results.get(target)))
                .toList());
    }

    private SiteResult scan(Target target) throws InterruptedException {
        String name = names.getOrDefault(target, "report");
        try {
            return scanAndWrite(target, name);
        } catch (ScanException e) {
            requireNotStopped();
            if (e.reason() == ScanException.ScanFailureReason.INTERRUPTED) {
                throw new InterruptedException(e.getMessage());
            }
            return failed(name, target, e);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            requireNotStopped();
            // A defect must not cost the reports of the other sites. Other errors of the virtual machine end the job.
            return failed(name, target, InternalScanError.of("the scan", e));
        }
    }

    /**
     * Throws if the job is being stopped. A scan that ends after that has no result, whatever it ends with, so existing
     * files of the site are kept.
     */
    private void requireNotStopped() throws InterruptedException {
        if (pool.isShutdown()) {
            throw new InterruptedException("the job is being stopped");
        }
    }

    private SiteResult scanAndWrite(Target target, String name) throws ScanException, InterruptedException {
        SiteScanner.ScannedSite scanned = scanWithRetries(target);
        requireNotStopped();
        Report report = scanned.report();
        GateResult gate = request.gate().evaluate(target, report);
        List<Path> files = new ArrayList<>();
        Optional<String> fileError = Optional.empty();
        try {
            files.addAll(request.files().write(name, report, gate));
            files.addAll(writeRecording(name, target, scanned));
        } catch (IOException e) {
            // For example a full disk: the grade is known and must not be lost.
            fileError = Optional.of(String.valueOf(e.getMessage()));
        }
        return new SiteResult.GradedSite(target, report, gate, files, fileError);
    }

    private SiteResult failed(String name, Target target, ScanException error) {
        List<Path> files = List.of();
        Optional<Path> notRecorded = Optional.empty();
        Optional<String> fileError = Optional.empty();
        try {
            if (request.recordingDestination().isPresent()) {
                notRecorded = Optional.of(request.recordingDestination().get().delete(name));
            }
            files = request.files().writeError(name, target, error);
        } catch (IOException e) {
            fileError = Optional.of(String.valueOf(e.getMessage()));
        }
        return new SiteResult.FailedSite(target, error, files, notRecorded, fileError);
    }

    private List<Path> writeRecording(String name, Target target, SiteScanner.ScannedSite scanned) throws IOException {
        if (request.recordingDestination().isEmpty() || scanned.observations().isEmpty()) {
            return List.of();
        }
        Recording recording =
                Recording.of(scanned.observations().get(), scanned.report().duration());
        return List.of(request.recordingDestination()
                .get()
                .write(name, recording, KnownSecrets.of(request.options(), target)));
    }

    /** Scans a target, and retries while it does not respond and the wait time of the request has not elapsed. */
    private SiteScanner.ScannedSite scanWithRetries(Target target) throws ScanException, InterruptedException {
        long end = System.nanoTime() + request.waitTimeout().toNanos();
        while (true) {
            try {
                return scanner.scan(target);
            } catch (ScanException e) {
                if (!RETRYABLE.contains(e.reason()) || System.nanoTime() + RETRY_INTERVAL.toNanos() >= end) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(RETRY_INTERVAL.toNanos());
            }
        }
    }

    private static SiteResult result(Future<SiteResult> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException stopped) {
                throw stopped;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("internal error of the scanner", e.getCause());
        }
    }
}
