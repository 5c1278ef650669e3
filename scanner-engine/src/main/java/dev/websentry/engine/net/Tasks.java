package dev.websentry.engine.net;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
 * The pieces of work that one scan runs side by side. Closing it interrupts whatever still runs, so a scan that ends early
 * leaves nothing behind. Thread-safe.
 */
public final class Tasks implements AutoCloseable {
    /** Threads of one pool, shared by the scans of one scanner. */
    private static final int MOST_THREADS = 256;

    private final ExecutorService pool;
    private final Set<Work<?>> running = ConcurrentHashMap.newKeySet();

    public Tasks(ExecutorService pool) {
        this.pool = pool;
    }

    /**
     * A pool for {@link Tasks}: bounded; when it is full the caller does the work itself, so tasks may start tasks without
     * ever waiting for each other in a circle.
     */
    public static ExecutorService newPool() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                MOST_THREADS,
                5,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "websentry-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Starts one piece of work. Its failure is the future's. */
    public <T> CompletableFuture<T> start(Callable<T> work) {
        Work<T> started = new Work<>(work);
        running.add(started);
        pool.execute(started.task);
        return started.result;
    }

    /** Runs a function over all inputs side by side and returns the results in the inputs' order. */
    public <A, B> List<B> map(List<A> inputs, Function<A, B> function) {
        if (inputs.size() == 1) {
            return List.of(function.apply(inputs.get(0)));
        }
        List<CompletableFuture<B>> futures =
                inputs.stream().map(input -> start(() -> function.apply(input))).toList();
        return futures.stream().map(Tasks::join).toList();
    }

    /**
     * Waits for a piece of work.
     *
     * @throws CancelledScan when this thread is interrupted
     */
    public static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledScan();
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
     * The same for work that may end in one checked exception, which comes out as itself.
     *
     * @throws X what the work threw
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
        running.forEach(work -> {
            work.task.cancel(true);
            // Work that had not begun never completes its result by itself.
            work.result.cancel(false);
        });
    }

    /** The thread that runs the scan was interrupted; the scanner reports it as such. */
    public static final class CancelledScan extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CancelledScan() {
            super("interrupted");
        }
    }

    /** One piece of work and its result. */
    private final class Work<T> {
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final FutureTask<Void> task;

        Work(Callable<T> work) {
            task = new FutureTask<>(() -> run(work), null);
        }

        private void run(Callable<T> work) {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                // Handed on to whoever joins; an Error too, or they would wait for ever.
                result.completeExceptionally(e);
            } finally {
                running.remove(this);
            }
        }
    }
}
