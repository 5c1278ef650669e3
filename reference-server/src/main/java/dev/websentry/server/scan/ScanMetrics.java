package dev.websentry.server.scan;

import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.scan.Scan.ScanFailure;
import dev.websentry.server.scan.Scan.ScanState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The metrics of scans. All meters are registered at the start, so that alerts can refer to outcomes that have not
 * occurred yet.
 */
@Component
final class ScanMetrics {
    private static final String CALLER = "caller";
    private static final String MONITOR = "monitor";

    private final MeterRegistry registry;
    private final Timer duration;

    ScanMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.duration = Timer.builder("websentry.scan.duration")
                .description("Duration of completed scans")
                .register(registry);
        Stream.of(CALLER, MONITOR)
                .forEach(origin -> Stream.of(
                                ScanState.DONE.wire(),
                                ScanState.INTERRUPTED.wire(),
                                ErrorCode.UNRESOLVABLE.wireName(),
                                ErrorCode.UNREACHABLE.wireName(),
                                ErrorCode.BLOCKED_ADDRESS.wireName(),
                                ErrorCode.BUSY.wireName(),
                                ErrorCode.INTERNAL.wireName())
                        .forEach(outcome -> counter(outcome, origin)));
    }

    void registerGauges(FairScanQueue queue) {
        Gauge.builder("websentry.scans.running", queue, FairScanQueue::runningCount)
                .description("Scans that are running")
                .register(registry);
        Gauge.builder("websentry.scans.waiting", queue, FairScanQueue::waitingCount)
                .description("Scans that are waiting in the queue")
                .register(registry);
    }

    void recordDuration(Duration total) {
        duration.record(total);
    }

    void recordOutcome(NewScan scan, ScanState state, Optional<ScanFailure> failure) {
        String outcome = state == ScanState.FAILED
                ? failure.map(ScanFailure::code).orElse(ErrorCode.INTERNAL).wireName()
                : state.wire();
        counter(outcome, scan.monitorId() == null ? CALLER : MONITOR).increment();
    }

    private Counter counter(String outcome, String origin) {
        return Counter.builder("websentry.scans.ended")
                .description("Ended scans by outcome and origin")
                .tag("outcome", outcome)
                .tag("origin", origin)
                .register(registry);
    }
}
