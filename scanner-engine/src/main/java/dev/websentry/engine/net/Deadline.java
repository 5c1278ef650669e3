package dev.websentry.engine.net;

import java.time.Duration;

/** A moment after which nothing is waited for. Passed down; never extended. */
public final class Deadline {
    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The earlier of this deadline and {@code duration} from now. */
    public Deadline within(Duration duration) {
        Deadline other = in(duration);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }

    /** What is left; zero, never negative, once it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** What is left in milliseconds, at least 1: to a socket, 0 would mean no limit at all. */
    public int socketMillis() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, remaining().toMillis()));
    }

    public boolean hasPassed() {
        return System.nanoTime() - nanoTime >= 0;
    }
}
