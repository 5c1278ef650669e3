package dev.websentry.engine.run;

import dev.websentry.engine.Judge;
import dev.websentry.engine.Progress;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.record.Recording;
import dev.websentry.engine.record.Secrets;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.run.server.ServerScans;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.Target;
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

/** Carries a request out: scans its targets side by side, judges each, writes its files as soon as it is finished. */
public final class ScanRun {
    /** What a deployment that is still starting looks like from outside. */
    private static final Set<ScanException.Reason> MAY_COME_UP = EnumSet.of(
            ScanException.Reason.UNRESOLVABLE,
            ScanException.Reason.UNREACHABLE,
            ScanException.Reason.REFUSED_BY_SITE,
            ScanException.Reason.TIMED_OUT);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** For the files of a run that is stopped. */
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private final ScanRequest request;
    private final Scans scans;
    private final Map<Target, String> names;

    /** Who scans: this machine, or a server. */
    private interface Scans extends AutoCloseable {
        Scanned scan(Target target) throws ScanException;

        @Override
        void close();
    }

    /** @param seen empty where a server did the scan */
    private record Scanned(Report report, Optional<Observations> seen) {}

    private ScanRun(ScanRequest request, Scans scans) {
        this.request = request;
        this.scans = scans;
        this.names = FileNames.of(request.targets());
    }

    /**
     * Runs to the end, whatever becomes of single targets.
     *
     * @param finished told of each target when its files are written; on the calling thread
     * @throws IOException when a report cannot be written
     * @throws InterruptedException when the calling thread is interrupted; the scans are stopped
     */
    public static RunResult run(ScanRequest request, Consumer<SiteResult> finished)
            throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.min(request.parallelism(), request.targets().size()), work -> {
                    Thread thread = new Thread(work, "websentry-run");
                    thread.setDaemon(true);
                    return thread;
                });
        try (Scans scans = scans(request)) {
            return new ScanRun(request, scans).run(pool, finished);
        } finally {
            stop(pool);
        }
    }

    /** What was being written when the run was stopped is put in order before it returns. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            boolean unused = pool.awaitTermination(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Scans scans(ScanRequest request) {
        return request.server().isPresent()
                ? onServer(new ServerScans(request.server().get()))
                : here(request, new Scanner());
    }

    private static Scans here(ScanRequest request, Scanner scanner) {
        return new Scans() {
            @Override
            public Scanned scan(Target target) throws ScanException {
                long began = System.nanoTime();
                Observations seen = scanner.observe(target, request.options(), Progress.NONE);
                Duration duration = Duration.ofNanos(System.nanoTime() - began);
                return new Scanned(Judge.report(seen, duration), Optional.of(seen));
            }

            @Override
            public void close() {
                scanner.close();
            }
        };
    }

    private static Scans onServer(ServerScans server) {
        return new Scans() {
            @Override
            public Scanned scan(Target target) throws ScanException {
                return new Scanned(server.scan(target), Optional.empty());
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    private RunResult run(ExecutorService pool, Consumer<SiteResult> finished)
            throws IOException, InterruptedException {
        CompletionService<SiteResult> underWay = new ExecutorCompletionService<>(pool);
        request.targets().forEach(target -> underWay.submit(() -> scan(target)));
        Map<Target, SiteResult> results = new HashMap<>();
        while (results.size() < request.targets().size()) {
            SiteResult result = result(underWay.take());
            results.put(result.target(), result);
            finished.accept(result);
        }
        return new RunResult(request.targets().stream()
                .map(target -> Objects.requireNonNull(results.get(target)))
                .toList());
    }

    private SiteResult scan(Target target) throws IOException, InterruptedException {
        String name = names.getOrDefault(target, "report");
        try {
            Scanned scanned = scanPatiently(target);
            Report report = scanned.report();
            GateResult gate = request.gate().judge(target, report);
            List<Path> files = new ArrayList<>(request.files().write(name, report, gate));
            if (request.recordings().isPresent() && scanned.seen().isPresent()) {
                files.add(request.recordings()
                        .get()
                        .write(
                                name,
                                Recording.of(scanned.seen().get(), report.duration()),
                                Secrets.of(request.options(), target)));
            }
            return new SiteResult.Graded(target, report, gate, files);
        } catch (ScanException e) {
            if (e.reason() == ScanException.Reason.INTERRUPTED) {
                // The run is being stopped: no verdict on the site, so its files stay as they are.
                throw new InterruptedException(e.getMessage());
            }
            List<Path> files = request.files().writeError(name, target, e);
            Optional<Path> notRecorded = request.recordings().isPresent()
                    ? Optional.of(request.recordings().get().discard(name))
                    : Optional.empty();
            return new SiteResult.Failed(target, e, files, notRecorded);
        }
    }

    /** Scans; asks a target that does not answer again until the request's patience is at its end. */
    private Scanned scanPatiently(Target target) throws ScanException, InterruptedException {
        long end = System.nanoTime() + request.patience().toNanos();
        while (true) {
            try {
                return scans.scan(target);
            } catch (ScanException e) {
                if (!MAY_COME_UP.contains(e.reason()) || System.nanoTime() + PAUSE.toNanos() >= end) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }

    private static SiteResult result(Future<SiteResult> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw new IOException("a file cannot be written: " + failure.getMessage(), failure);
            }
            if (e.getCause() instanceof InterruptedException stopped) {
                throw stopped;
            }
            throw new IllegalStateException("a scan ended in a defect of the scanner", e.getCause());
        }
    }
}
