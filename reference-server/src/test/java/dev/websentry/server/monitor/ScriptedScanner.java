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

/** In place of the engine where a test is about when scans run, not about sites. */
public final class ScriptedScanner implements SiteScanner {
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Grade> grades = new ConcurrentHashMap<>();
    private final Map<String, ScanException.Reason> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> scans = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private volatile Consumer<String> before = host -> {};

    public void grades(String host, Grade grade) {
        failures.remove(host);
        grades.put(host, grade);
    }

    public void fails(String host, ScanException.Reason reason) {
        failures.put(host, reason);
    }

    /** Told the host before each scan, and may take its time. */
    public void before(Consumer<String> work) {
        before = work;
    }

    /** Scans of this host stop until the latch is down. */
    public void stopsAt(String host, CountDownLatch gate) {
        gates.put(host, gate);
    }

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
