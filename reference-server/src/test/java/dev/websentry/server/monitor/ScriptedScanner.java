package dev.websentry.server.monitor;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
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
    private final Map<String, Grade> setGrade = new ConcurrentHashMap<>();
    private final Map<String, ScanException.ScanFailureReason> failures = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> scanCount = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<String, String> certificates = new ConcurrentHashMap<>();
    private volatile Consumer<String> onScan = host -> {};

    /** Makes scans of a host succeed with a grade. */
    public void setGrade(String host, Grade grade) {
        failures.remove(host);
        setGrade.put(host, grade);
    }

    /** Makes scans of a host fail. */
    public void setFailure(String host, ScanException.ScanFailureReason reason) {
        failures.put(host, reason);
    }

    /** Sets an action that runs before each scan with the host and may block. */
    public void onScan(Consumer<String> work) {
        onScan = work;
    }

    /** Makes scans of a host wait until the latch is released. */
    public void blockScans(String host, CountDownLatch gate) {
        gates.put(host, gate);
    }

    /** Sets what the check of the expiry of the certificate finds, in the words of the engine. */
    public void setCertificate(String host, String value) {
        certificates.put(host, value);
    }

    /** Returns the number of scans of a host. */
    public int scanCount(String host) {
        return scanCount.getOrDefault(host, new AtomicInteger()).get();
    }

    @Override
    public Report scan(String id, Target target, ScanProgressListener progress) throws ScanException {
        String host = target.host().ascii();
        scanCount.computeIfAbsent(host, first -> new AtomicInteger()).incrementAndGet();
        onScan.accept(host);
        try {
            CountDownLatch gate = gates.get(host);
            if (gate != null) {
                gate.await();
            }
        } catch (InterruptedException e) {
            throw new ScanException(ScanException.ScanFailureReason.INTERRUPTED, "interrupted");
        }
        if (failures.containsKey(host)) {
            throw new ScanException(failures.get(host), host + " does not answer");
        }
        Grade grade = setGrade.getOrDefault(host, Grade.A);
        int score = grade.minScore();
        return new Report(
                id,
                target.input(),
                clock.instant(),
                Duration.ZERO,
                score,
                grade,
                score,
                certificates.containsKey(host) ? List.of(certificate(certificates.get(host))) : List.of(),
                List.of(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private static CategoryResult certificate(String value) {
        CheckResult check = new CheckResult(
                Optional.of("ssl.certificate-lifetime"),
                "Certificate Expiry",
                CheckOutcome.PASS,
                value,
                "The certificate is renewed in time.",
                4,
                4,
                List.of(),
                Remediation.of("Renew it."),
                List.of());
        return new CategoryResult(CheckCategory.SSL, 2, 2, Optional.of(Grade.A), List.of(check));
    }
}
