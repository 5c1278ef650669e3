package dev.websentry.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogThrottleTest {
    private final AtomicLong now = new AtomicLong();
    private final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1), now::get);

    @Test
    void firstEventIsLogged() {
        assertEquals(OptionalLong.of(1), throttle.count());
    }

    @Test
    void furtherEventsAreCountedUntilTheIntervalIsOver() {
        assertEquals(OptionalLong.of(1), throttle.count());
        for (int event = 0; event < 1_000; event++) {
            assertEquals(OptionalLong.empty(), throttle.count());
        }
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertEquals(OptionalLong.of(1_001), throttle.count());
    }
}
