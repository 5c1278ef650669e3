package dev.websentry.server.scan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task for an executor that can be interrupted, but not canceled: it runs to its end in any case, so that it releases
 * what it holds. A canceled {@link java.util.concurrent.FutureTask} that has not started yet would never run.
 */
final class InterruptibleTask<T> implements Runnable {
    private final Supplier<T> work;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean interrupted;

    InterruptibleTask(Supplier<T> work) {
        this.work = work;
    }

    @Override
    public void run() {
        begin();
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        thread = Thread.currentThread();
        if (interrupted) {
            thread.interrupt();
        }
    }

    /** The executor resets the interrupt status of its thread before the next task. */
    private synchronized void end() {
        thread = null;
    }

    /** Interrupts the task, or lets it start with the interrupt status set. */
    synchronized void interrupt() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /**
     * Waits for the end of the task.
     *
     * @throws ExecutionException if the task threw an exception, which is the cause
     */
    T await() throws InterruptedException, ExecutionException {
        return result.get();
    }
}
