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
 * Judges a site of which nothing was seen and writes its reports to nowhere, while a goal reads its options and the network is
 * waited for. A build's JVM is new: what judges and writes would otherwise be loaded when all else is done.
 */
public final class Rehearsal {
    private static final String UNSEEN = "nothing was seen yet";

    private final Thread thread = new Thread(Rehearsal::run, "websentry-rehearsal");

    private Rehearsal() {
        thread.setDaemon(true);
        // The scan goes on without it. What is wrong with it, the scan shows.
        thread.setUncaughtExceptionHandler((failed, why) -> {});
    }

    /** Returns at once; {@link #end} is for the goal's own end. */
    public static Rehearsal begin() {
        Rehearsal rehearsal = new Rehearsal();
        rehearsal.thread.start();
        return rehearsal;
    }

    /** Waits for its end, unless interrupted: a build tool may take the classes away with the goal. */
    public void end() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how much would have been written, in characters, by format */
    static Map<Format, Integer> run() {
        Report report = Judge.report(unseen(Target.parse("https://www.example.com")), Duration.ZERO);
        GateResult gate = Gate.judge(report, GateConditions.defaults());
        Map<Format, Integer> written = new EnumMap<>(Format.class);
        for (Format format : ReportFiles.DEFAULT_FORMATS) {
            written.put(format, format.write(report, gate).length());
        }
        return written;
    }

    private static Observations unseen(Target target) {
        return new Observations(
                target,
                Instant.EPOCH,
                new SiteObservations(
                        Observed.unknown(UNSEEN),
                        Observed.unknown(UNSEEN),
                        Observed.unknown(UNSEEN),
                        Observed.unknown(UNSEEN),
                        Observed.unknown(UNSEEN),
                        Observed.unknown(UNSEEN)),
                TlsObservations.none(UNSEEN),
                DnsObservations.nothingAsked(DnsSubject.NONE));
    }
}
