package dev.websentry.engine.run;

import dev.websentry.engine.Judge;
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

/**
 * Judges a site of which nothing was seen and writes its reports to nowhere, beside the first scan. A build's JVM is new: what
 * judges and writes would otherwise be loaded when the network is done, while the user waits for nothing else.
 */
final class Rehearsal {
    private static final String UNSEEN = "nothing was seen yet";

    private Rehearsal() {}

    /** Returns at once. The thread ends by itself and keeps no JVM from ending. */
    static void begin(ScanRequest request) {
        Thread thread = new Thread(() -> run(request), "websentry-rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    static void run(ScanRequest request) {
        Target target = request.targets().get(0);
        Report report = Judge.report(unseen(target), Duration.ZERO);
        GateResult gate = request.gate().judge(target, report);
        for (Format format : request.files().formats()) {
            String unused = format.write(report, gate);
        }
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
