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

    private Rehearsal() {}

    /** Returns at once. The thread ends by itself and keeps no JVM from ending. */
    public static void begin() {
        Thread thread = new Thread(Rehearsal::run, "websentry-rehearsal");
        thread.setDaemon(true);
        thread.start();
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
