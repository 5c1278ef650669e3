package dev.websentry.engine.job;

import dev.websentry.engine.Grader;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.observation.DnsObservations;
import dev.websentry.engine.observation.DnsScope;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Loads the classes that grade and write reports, in a background thread. The JVM of a build is new, so without the
 * warm-up these classes would be loaded after the scan. The thread grades an empty scan and discards its reports.
 */
public final class ClassWarmup {
    private static final String NOT_OBSERVED = "not observed yet";

    private final Thread thread = new Thread(ClassWarmup::warmUp, "websentry-warmup");

    private ClassWarmup() {
        thread.setDaemon(true);
        // The scan does not depend on the warm-up and would report the same error.
        thread.setUncaughtExceptionHandler((thread, exception) -> {});
    }

    /** Starts the warm-up and returns at once. Call {@link #awaitEnd} before the goal ends. */
    public static ClassWarmup start() {
        ClassWarmup warmup = new ClassWarmup();
        warmup.thread.start();
        return warmup;
    }

    /** Waits until the warm-up has ended, because a build tool may unload the classes after the goal. */
    public void awaitEnd() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return the length of each report in characters */
    static Map<ReportFormat, Integer> warmUp() {
        Report report = Grader.grade(emptyObservations(Target.parse("https://www.example.com")), Duration.ZERO);
        GateResult gate = QualityGate.evaluate(report, GateConditions.defaults());
        Map<ReportFormat, Integer> written = new EnumMap<>(ReportFormat.class);
        for (ReportFormat format : ReportFiles.DEFAULT_FORMATS) {
            written.put(format, format.write(report, gate).length());
        }
        return written;
    }

    private static ScanObservations emptyObservations(Target target) {
        return new ScanObservations(
                target,
                Instant.EPOCH,
                new SiteObservations(
                        Observation.unknown(NOT_OBSERVED),
                        Observation.unknown(NOT_OBSERVED),
                        Observation.unknown(NOT_OBSERVED),
                        Observation.unknown(NOT_OBSERVED),
                        Observation.unknown(NOT_OBSERVED),
                        Observation.unknown(NOT_OBSERVED)),
                TlsObservations.notProbed(NOT_OBSERVED),
                DnsObservations.notQueried(DnsScope.NONE));
    }
}
