package dev.websentry.testsite.link;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Counts round trips: one has passed when the whole process waits for answers that are on their way. */
final class RoundClock implements LinkClock {
    private static final long PAUSE_NANOS = 200_000;

    private @Nullable Stillness stillness;
    private volatile long round;

    @Override
    public long now() {
        return round;
    }

    @Override
    public long roundTrip() {
        return 1;
    }

    /** Looks at the sockets last: what somebody sent just before falling asleep is there by now. */
    @Override
    public void await(Selector selector, long due) throws IOException {
        if (stillness == null) {
            stillness = new Stillness();
        }
        if (selector.selectNow() > 0) {
            return;
        }
        boolean mayPass = due != Long.MAX_VALUE && stillness.reached();
        if (selector.selectNow() == 0) {
            if (mayPass) {
                round = Math.max(round, due);
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
