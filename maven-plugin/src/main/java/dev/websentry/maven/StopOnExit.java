package dev.websentry.maven;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a goal end in order when Maven's JVM is told to exit, as by Ctrl-C. By itself a JVM halts as soon as its hooks have run,
 * wherever its other threads are: in the middle of a file, too. The hook interrupts the goal and waits for it a moment.
 */
final class StopOnExit implements AutoCloseable {
    /** Nobody who pressed Ctrl-C waits longer than a second. A stopped run takes half of it at most (ADR 82). */
    private static final Duration LONGEST = Duration.ofMillis(900);

    private final Duration longest;
    private final Thread goal = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "websentry-stop");

    private StopOnExit(Duration longest) {
        this.longest = longest;
    }

    /** For what the calling thread does until this is closed. */
    static StopOnExit begin() {
        return begin(LONGEST);
    }

    /** @param longest how long the exit waits for the goal */
    static StopOnExit begin(Duration longest) {
        StopOnExit stop = new StopOnExit(longest);
        try {
            Runtime.getRuntime().addShutdownHook(stop.hook);
        } catch (IllegalStateException e) {
            // The JVM exits already: there is nothing to begin.
            Thread.currentThread().interrupt();
        }
        return stop;
    }

    /** What the hook does. */
    void stop() {
        goal.interrupt();
        try {
            boolean unused = ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Somebody is in even more of a hurry.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM exits: the hook runs, or has run.
        }
    }
}
