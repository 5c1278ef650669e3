package dev.websentry.engine.net.dns;

import java.time.Duration;

/**
 * How long one scan waits for resolvers, and when it gives up. The one place of these rules:
 *
 * <ul>
 *   <li>A question is tried twice, on the next server the second time, each try for at most 3 seconds.
 *   <li>Time in which tries ended in vain is added up, what runs side by side counted once. After two tries' worth of it
 *       (6 seconds) the scan is in a hurry: each further question has one try of 1 second.
 *   <li>When such a try ends in vain and no server said a word meanwhile, or two tries do before any server ever spoke,
 *       nobody is there any more: what is still to ask fails at once.
 * </ul>
 *
 * <p>A resolver that falls silent so costs about 7 seconds. Thread-safe.
 */
final class Patience {
    private static final Duration TRY = Duration.ofSeconds(3);
    private static final int HURRY = 3;

    private final Duration full;
    private boolean heardEver;
    private long heardAt;
    private long spentNanos;
    private long countedUntil = System.nanoTime();
    private boolean over;

    Patience() {
        this(TRY);
    }

    /** @param full the length of one try */
    Patience(Duration full) {
        this.full = full;
    }

    /** What a question may cost now. */
    record Allowance(int tries, Duration each, long since) {}

    synchronized Allowance allowance() {
        long now = System.nanoTime();
        if (over) {
            return new Allowance(0, Duration.ZERO, now);
        }
        return isExhausted() ? new Allowance(1, full.dividedBy(HURRY), now) : new Allowance(2, full, now);
    }

    synchronized void heard() {
        heardEver = true;
        heardAt = System.nanoTime();
    }

    /** A try that began at {@code began} ended without a word. */
    synchronized void waitedInVain(long began) {
        long now = System.nanoTime();
        long from = began - countedUntil > 0 ? began : countedUntil;
        spentNanos += Math.max(0, now - from);
        countedUntil = now;
    }

    /** All tries of a question ended without a word. */
    synchronized void failed(Allowance had) {
        boolean quiet = !heardEver || heardAt - had.since() < 0;
        over |= quiet && (!heardEver || had.tries() == 1);
    }

    private boolean isExhausted() {
        return spentNanos >= full.multipliedBy(2).toNanos();
    }
}
