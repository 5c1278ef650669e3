package dev.websentry.engine.run;

import dev.websentry.engine.Judge;
import dev.websentry.engine.gate.Gate;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.observe.DnsObservations;
import dev.websentry.engine.observe.DnsSubject;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.output.Format;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Loads the classes that grade and write reports, in a background thread. The JVM of a build is new, so without the
 * warm-up these classes would be loaded after the scan. The thread grades an empty scan and discards its reports.
 */
public final class Rehearsal {
    private static final String NOT_OBSERVED = "not observed yet";

    private final Thread thread = new Thread(Rehearsal::run, "websentry-warmup");

    private Rehearsal() {
        thread.setDaemon(true);
        // The scan does not depend on the warm-up and would report the same error.
        thread.setUncaughtExceptionHandler((thread, exception) -> {});
    }

    /** Starts the warm-up and returns at once. Call {@link #end} before the goal ends. */
    public static Rehearsal begin() {
        Rehearsal warmup = new Rehearsal();
        warmup.thread.start();
        return warmup;
    }

    /** Waits until the warm-up has ended, because a build tool may unload the classes after the goal. */
    public void end() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return the length of each report in characters */
    static Map<Format, Integer> run() {
        Report report = Judge.report(emptyObservations(Target.parse("https://www.example.com")), Duration.ZERO);
        GateResult gate = Gate.judge(report, GateConditions.defaults());
        Map<Format, Integer> written = new EnumMap<>(Format.class);
        for (Format format : ReportFiles.DEFAULT_FORMATS) {
            written.put(format, format.write(report, gate).length());
        }
        return written;
    }

    private static Observations emptyObservations(Target target) {
        return new Observations(
                target,
                Instant.EPOCH,
                new SiteObservations(
                        Observed.unknown(NOT_OBSERVED),
                        Observed.unknown(NOT_OBSERVED),
                        Observed.unknown(NOT_OBSERVED),
                        Observed.unknown(NOT_OBSERVED),
                        Observed.unknown(NOT_OBSERVED),
                        Observed.unknown(NOT_OBSERVED)),
                TlsObservations.none(NOT_OBSERVED),
                DnsObservations.nothingAsked(DnsSubject.NONE));
    }
}
