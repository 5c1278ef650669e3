package dev.websentry.testsite;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Limits the processor time of tested code. Unlike elapsed time, it does not depend on what else the machine does. */
public final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long POLL_MILLIS = 50;

    private ProcessorTime() {}

    /** Runs code in a thread of its own, see {@link #limit(Duration, Supplier)}. */
    public static void limit(Duration limit, Runnable code) {
        limit(limit, () -> {
            code.run();
            return true;
        });
    }

    /**
     * Runs code in a thread of its own and returns its result.
     *
     * @param limit maximum processor time of that thread; threads that the code starts do not count
     * @throws AssertionError as soon as the code exceeds the limit; the code is interrupted but not awaited
     */
    public static <T> T limit(Duration limit, Supplier<T> code) {
        FutureTask<T> task = new FutureTask<>(code::get);
        Thread thread = new Thread(task, "limited processor time");
        thread.setDaemon(true);
        thread.start();
        try {
            while (thread.isAlive()) {
                // -1 if the thread ended in the meantime
                Duration used = Duration.ofNanos(THREADS.getThreadCpuTime(thread.getId()));
                if (used.compareTo(limit) > 0) {
                    AssertionError exceeded = new AssertionError("more than " + limit + " of processor time");
                    exceeded.setStackTrace(thread.getStackTrace());
                    thread.interrupt();
                    throw exceeded;
                }
                thread.join(POLL_MILLIS);
            }
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the code failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
