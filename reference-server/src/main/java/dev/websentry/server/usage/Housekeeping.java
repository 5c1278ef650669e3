package dev.websentry.server.usage;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes expired usage counters periodically. Every node does so; this needs no coordination. */
@Component
class Housekeeping {
    private final Counters counters;
    private final Clock clock;

    Housekeeping(Counters counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetExpired() {
        counters.forgetExpired(clock.instant());
    }
}
