package dev.websentry.testsite.latency;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures round trips in nanoseconds.
 *
 * @param roundTripDuration duration of a round trip
 */
record WallClock(Duration roundTripDuration) implements LatencyClock {
    private static final long MAX_SELECT_MILLIS = 1000;

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public long roundTrip() {
        return roundTripDuration.toNanos();
    }

    @Override
    public void await(Selector selector, long due) throws IOException {
        long nanos = due == Long.MAX_VALUE ? Long.MAX_VALUE : due - now();
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            // Rounded up, so that a message is never early.
            selector.select(Math.min(MAX_SELECT_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
        }
    }
}
