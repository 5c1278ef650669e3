package dev.websentry.server.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs calls concurrently. */
public final class ParallelCalls {
    private ParallelCalls() {}

    /**
     * Starts calls at the same time and waits for all results.
     *
     * @param count the number of calls
     * @param call receives the number of the call, from 0
     * @return the results in the order of the numbers
     */
    public static <T> List<T> runAll(int count, IntFunction<T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<T>> calls = IntStream.range(0, count)
                    .<Callable<T>>mapToObj(number -> () -> {
                        start.await();
                        return call.apply(number);
                    })
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
