package dev.websentry.server.scan;

import dev.websentry.server.answer.ErrorCode;
import dev.websentry.server.scan.Scan.Failure;
import dev.websentry.server.scan.Scan.State;
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
final class ScanMeters {
    private static final String CALLER = "caller";
    private static final String MONITOR = "monitor";

    private final MeterRegistry registry;
    private final Timer duration;

    ScanMeters(MeterRegistry registry) {
        this.registry = registry;
        this.duration = Timer.builder("websentry.scan.duration")
                .description("Duration of completed scans")
                .register(registry);
        Stream.of(CALLER, MONITOR)
                .forEach(origin -> Stream.of(
                                State.DONE.wire(),
                                State.INTERRUPTED.wire(),
                                ErrorCode.UNRESOLVABLE.wire(),
                                ErrorCode.UNREACHABLE.wire(),
                                ErrorCode.BLOCKED_ADDRESS.wire(),
                                ErrorCode.BUSY.wire(),
                                ErrorCode.INTERNAL.wire())
                        .forEach(outcome -> counter(outcome, origin)));
    }

    void watch(Places queue) {
        Gauge.builder("websentry.scans.running", queue, Places::running)
                .description("Scans that are running")
                .register(registry);
        Gauge.builder("websentry.scans.waiting", queue, Places::waiting)
                .description("Scans that are waiting in the queue")
                .register(registry);
    }

    void took(Duration total) {
        duration.record(total);
    }

    void ended(NewScan scan, State state, Optional<Failure> failure) {
        String outcome = state == State.FAILED
                ? failure.map(Failure::code).orElse(ErrorCode.INTERNAL).wire()
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
