package dev.websentry.engine.net;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Runs the concurrent tasks of one scan. Closing the scope interrupts all running tasks, so that a scan that ends early
 * leaves no work behind. Thread-safe.
 */
public final class TaskScope implements AutoCloseable {
    /** The maximum number of threads of one pool, which is shared by the scans of one scanner. */
    private static final int MAX_THREADS = 256;

    private final ExecutorService pool;
    private final Set<RunningTask<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Creates the scope of one scan on a pool from {@link #newPool()}. */
    public TaskScope(ExecutorService pool) {
        this.pool = pool;
    }

    /**
     * Creates a bounded thread pool. When the pool is full, the calling thread runs the task itself, so that tasks can
     * start other tasks without a deadlock.
     *
     * @return the pool, to be shut down by the caller
     */
    public static ExecutorService newPool() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                MAX_THREADS,
                5,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "websentry-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                TaskScope::runOrCancel);
    }

    /** Cancels a task of a pool that is shut down, because a thread that waits for its result would wait forever. */
    private static void runOrCancel(Runnable task, ThreadPoolExecutor pool) {
        if (!pool.isShutdown()) {
            task.run();
        } else if (task instanceof Future<?> future) {
            boolean unused = future.cancel(false);
        }
    }

    /**
     * Starts a task, unless the scope is closed.
     *
     * @param work the task
     * @return the future of its result; it completes exceptionally if the task throws, and is cancelled if the scope is
     *     closed or its pool is shut down
     */
    public <T> CompletableFuture<T> start(Callable<T> work) {
        RunningTask<T> started = new RunningTask<>(work);
        running.add(started);
        if (closed) {
            // A task that has not noticed the end of the scan must not start new work.
            started.cancel();
        } else {
            pool.execute(started.task);
        }
        return started.result;
    }

    /**
     * Applies a function to all inputs concurrently and waits for the results.
     *
     * @param inputs the inputs
     * @param function the function
     * @return the results in the order of the inputs
     */
    public <A, B> List<B> mapConcurrently(List<A> inputs, Function<A, B> function) {
        if (inputs.size() == 1) {
            return List.of(function.apply(inputs.get(0)));
        }
        List<CompletableFuture<B>> futures =
                inputs.stream().map(input -> start(() -> function.apply(input))).toList();
        return futures.stream().map(TaskScope::join).toList();
    }

    /**
     * Waits for the result of a task. Unchecked exceptions of the task are rethrown.
     *
     * @param future the future of the task
     * @return the result
     * @throws ScanCancelledException if the current thread is interrupted or the task was cancelled
     */
    public static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (CancellationException e) {
            throw new ScanCancelledException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScanCancelledException();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }

    /**
     * Waits for the result of a task that may throw a checked exception.
     *
     * @param future the future of the task
     * @param expected the type of the checked exception
     * @return the result
     * @throws X if the task threw this exception
     * @throws ScanCancelledException if the current thread is interrupted or the task was cancelled
     */
    public static <T, X extends Exception> T join(Future<T> future, Class<X> expected) throws X {
        try {
            return join(future);
        } catch (IllegalStateException e) {
            if (expected.isInstance(e.getCause())) {
                throw expected.cast(e.getCause());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(RunningTask::cancel);
    }

    /** Thrown when the thread that runs the scan is interrupted or the scanner is closed. */
    public static final class ScanCancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ScanCancelledException() {
            super("the scan was interrupted");
        }
    }

    /** A running task and its result. */
    private final class RunningTask<T> {
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final FutureTask<Void> task;

        RunningTask(Callable<T> work) {
            task = new FutureTask<>(() -> run(work), null) {
                @Override
                protected void done() {
                    if (isCancelled()) {
                        // A task that has not started would never complete its result.
                        result.cancel(false);
                        running.remove(RunningTask.this);
                    }
                }
            };
        }

        void cancel() {
            boolean unused = task.cancel(true);
        }

        private void run(Callable<T> work) {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                // Passed to all waiting threads, an Error too, because they would otherwise wait forever.
                result.completeExceptionally(e);
            } finally {
                running.remove(this);
            }
        }
    }
}
