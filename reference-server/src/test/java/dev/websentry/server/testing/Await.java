package dev.websentry.server.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread or process fulfills. */
public final class Await {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final long POLL_INTERVAL_MILLIS = 50;

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what describes the condition in the failure message
     * @throws AssertionError if the condition does not hold within 90 s
     */
    public static void until(String what, BooleanSupplier holds) {
        long began = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - began > TIMEOUT.toNanos()) {
                throw new AssertionError("Timed out after " + TIMEOUT.toSeconds() + " s: " + what);
            }
            try {
                Thread.sleep(POLL_INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
