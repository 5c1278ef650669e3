package dev.websentry.testsite.link;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures round trips in nanoseconds.
 *
 * @param each duration of a round trip
 */
record WallClock(Duration each) implements LinkClock {
    private static final long MAX_SELECT_MILLIS = 1000;

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public long roundTrip() {
        return each.toNanos();
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
