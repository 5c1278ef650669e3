package dev.websentry.engine.net.dns;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The timeout and retry budget of one scan for its DNS queries:
 *
 * <ul>
 *   <li>A query has two attempts, the second one on the next server, with a timeout of 3 seconds each.
 *   <li>The time spent on timed-out attempts is added up; concurrent attempts count once. After 6 seconds (two
 *       timeouts), each further query has only one attempt with a timeout of 1 second.
 *   <li>If such a single attempt times out and no server has responded since it began, or if both attempts of a query
 *       time out before any server has ever responded, the resolvers are considered unavailable: all further queries
 *       fail immediately.
 * </ul>
 *
 * <p>A resolver that stops responding therefore costs about 7 seconds. Thread-safe.
 */
final class RetryBudget {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);
    private static final int REDUCED_TIMEOUT_DIVISOR = 3;

    private final Duration timeout;
    private final LongSupplier nanoTime;
    private boolean everAnswered;
    private long lastAnswerAt;
    private long spentNanos;
    private long countedUntil;
    private boolean unavailable;

    RetryBudget() {
        this(ATTEMPT_TIMEOUT, System::nanoTime);
    }

    /**
     * @param timeout the timeout of one attempt
     * @param nanoTime the clock, such as {@link System#nanoTime()}
     */
    RetryBudget(Duration timeout, LongSupplier nanoTime) {
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.countedUntil = nanoTime.getAsLong();
    }

    /**
     * The budget of one query.
     *
     * @param maxAttempts the maximum number of attempts; 0 if the resolvers are considered unavailable
     * @param attemptTimeout the timeout of each attempt
     * @param grantedAtNanos the time of the clock at which the budget was granted
     */
    record QueryBudget(int maxAttempts, Duration attemptTimeout, long grantedAtNanos) {}

    /** Returns the budget for the next query. */
    synchronized QueryBudget queryBudget() {
        long now = nanoTime.getAsLong();
        if (unavailable) {
            return new QueryBudget(0, Duration.ZERO, now);
        }
        return isExhausted()
                ? new QueryBudget(1, timeout.dividedBy(REDUCED_TIMEOUT_DIVISOR), now)
                : new QueryBudget(2, timeout, now);
    }

    /** Returns the time of the clock. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** Records that a server has responded. */
    synchronized void onAnswer() {
        everAnswered = true;
        lastAnswerAt = nanoTime.getAsLong();
    }

    /**
     * Records that an attempt has timed out.
     *
     * @param began the time of the clock at which the attempt began
     */
    synchronized void onTimeout(long began) {
        long now = nanoTime.getAsLong();
        long from = began - countedUntil > 0 ? began : countedUntil;
        spentNanos += Math.max(0, now - from);
        countedUntil = now;
    }

    /** Records that all attempts of a query have failed without a response. */
    synchronized void onQueryFailed(QueryBudget used) {
        boolean noAnswerSince = !everAnswered || lastAnswerAt - used.grantedAtNanos() < 0;
        unavailable |= noAnswerSince && (!everAnswered || used.maxAttempts() == 1);
    }

    private boolean isExhausted() {
        return spentNanos >= timeout.multipliedBy(2).toNanos();
    }
}
