package dev.websentry.maven;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops a goal cleanly when Maven's JVM exits, for example after Ctrl-C. A JVM halts as soon as its shutdown hooks have
 * ended, even if another thread is writing a file. This hook therefore interrupts the goal and waits briefly until it
 * has ended.
 */
final class InterruptOnShutdown implements AutoCloseable {
    /** Keeps the exit below one second. A stopped job needs at most half of that (ADR 42). */
    private static final Duration MAX_WAIT = Duration.ofMillis(900);

    private final Duration maxWait;
    private final Thread goal = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interruptGoal, "websentry-stop");

    private InterruptOnShutdown(Duration maxWait) {
        this.maxWait = maxWait;
    }

    /** Registers a hook that stops the calling thread, until this object is closed. */
    static InterruptOnShutdown register() {
        return register(MAX_WAIT);
    }

    /** @param maxWait how long the exit waits for the goal */
    static InterruptOnShutdown register(Duration maxWait) {
        InterruptOnShutdown stop = new InterruptOnShutdown(maxWait);
        try {
            Runtime.getRuntime().addShutdownHook(stop.hook);
        } catch (IllegalStateException e) {
            // The JVM is already exiting: the goal must not start.
            Thread.currentThread().interrupt();
        }
        return stop;
    }

    /** Interrupts the goal and waits until it has ended; called by the hook. */
    void interruptGoal() {
        goal.interrupt();
        try {
            boolean unused = ended.await(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The hook itself was interrupted: exit at once.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is exiting: the hook is running or has ended.
        }
    }
}
