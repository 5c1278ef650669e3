package dev.websentry.server.log;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Decides whether a frequent event is logged: at most once per interval, so that a client or an outage that causes many
 * events cannot fill the log.
 */
public final class LogThrottle {
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong lastLogged;

    /** Creates a throttle that allows one line per interval. */
    public LogThrottle(Duration interval) {
        this(interval, System::nanoTime);
    }

    LogThrottle(Duration interval, LongSupplier nanoTime) {
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.lastLogged = new AtomicLong(nanoTime.getAsLong() - intervalNanos);
    }

    /**
     * Counts an event.
     *
     * @return the number of events since the last line, including this one, if a line is to be logged now
     */
    public OptionalLong count() {
        events.incrementAndGet();
        long now = nanoTime.getAsLong();
        long last = lastLogged.get();
        if (now - last < intervalNanos || !lastLogged.compareAndSet(last, now)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(events.getAndSet(0));
    }
}
