package dev.websentry.testsite.latency;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Counts round trips. A round trip has elapsed when all threads of the process wait for messages in transit. */
final class RoundTripCounter implements LatencyClock {
    private static final long PAUSE_NANOS = 200_000;

    private @Nullable QuiescenceDetector detector;
    private volatile long round;

    @Override
    public long now() {
        return round;
    }

    @Override
    public long roundTrip() {
        return 1;
    }

    /**
     * Polls the sockets again after the check of the threads, since a thread may have sent data just before it started
     * to wait.
     */
    @Override
    public void await(Selector selector, long due) throws IOException {
        if (detector == null) {
            detector = new QuiescenceDetector();
        }
        if (selector.selectNow() > 0) {
            return;
        }
        boolean idle = due != Long.MAX_VALUE && detector.isQuiescent();
        if (selector.selectNow() == 0) {
            if (idle) {
                round = Math.max(round, due);
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
