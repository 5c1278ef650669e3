package dev.websentry.engine.net;

import java.time.Duration;

/** The point in time at which an operation must stop waiting. A deadline is never extended. Immutable. */
public final class Deadline {
    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Creates a deadline.
     *
     * @param duration the time from now
     * @return the deadline
     */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /**
     * Returns the earlier of this deadline and the given time from now.
     *
     * @param duration the time from now
     * @return the earlier deadline
     */
    public Deadline within(Duration duration) {
        Deadline other = in(duration);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }

    /** Returns the remaining time; zero once the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Returns the remaining time in milliseconds, at least 1, because 0 means no timeout to a socket. */
    public int socketMillis() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, remaining().toMillis()));
    }

    /** Returns whether the deadline has passed. */
    public boolean hasPassed() {
        return System.nanoTime() - nanoTime >= 0;
    }
}
