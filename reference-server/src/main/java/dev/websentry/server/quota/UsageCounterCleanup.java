package dev.websentry.server.quota;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes expired usage counters periodically. Every node does so; this needs no coordination. */
@Component
class UsageCounterCleanup {
    private final UsageCounterRepository counters;
    private final Clock clock;

    UsageCounterCleanup(UsageCounterRepository counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void deleteExpired() {
        counters.deleteExpired(clock.instant());
    }
}
