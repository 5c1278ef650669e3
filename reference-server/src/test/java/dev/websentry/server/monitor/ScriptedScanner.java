package dev.websentry.server.monitor;

import dev.websentry.engine.Progress;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.Target;
import dev.websentry.server.scan.SiteScanner;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A scanner with predefined results, for tests of when scans run. */
public final class ScriptedScanner implements SiteScanner {
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Grade> grades = new ConcurrentHashMap<>();
    private final Map<String, ScanException.Reason> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> scans = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private volatile Consumer<String> before = host -> {};

    /** Makes scans of a host succeed with a grade. */
    public void grades(String host, Grade grade) {
        failures.remove(host);
        grades.put(host, grade);
    }

    /** Makes scans of a host fail. */
    public void fails(String host, ScanException.Reason reason) {
        failures.put(host, reason);
    }

    /** Sets an action that runs before each scan with the host and may block. */
    public void before(Consumer<String> work) {
        before = work;
    }

    /** Makes scans of a host wait until the latch is released. */
    public void stopsAt(String host, CountDownLatch gate) {
        gates.put(host, gate);
    }

    /** Returns the number of scans of a host. */
    public int scans(String host) {
        return scans.getOrDefault(host, new AtomicInteger()).get();
    }

    @Override
    public Report scan(String id, Target target, Progress progress) throws ScanException {
        String host = target.host().ascii();
        scans.computeIfAbsent(host, first -> new AtomicInteger()).incrementAndGet();
        before.accept(host);
        try {
            CountDownLatch gate = gates.get(host);
            if (gate != null) {
                gate.await();
            }
        } catch (InterruptedException e) {
            throw new ScanException(ScanException.Reason.INTERRUPTED, "interrupted");
        }
        if (failures.containsKey(host)) {
            throw new ScanException(failures.get(host), host + " does not answer");
        }
        Grade grade = grades.getOrDefault(host, Grade.A);
        int score = grade.lowestScore();
        return new Report(
                id,
                target.given(),
                clock.instant(),
                Duration.ZERO,
                score,
                grade,
                score,
                List.of(),
                List.of(),
                true,
                Optional.empty(),
                Optional.empty());
    }
}
