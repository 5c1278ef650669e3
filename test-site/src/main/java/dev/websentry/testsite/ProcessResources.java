package dev.websentry.testsite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Measures the resources of this process: threads, memory, open files and sockets. Files and sockets are available on
 * Linux only.
 */
public final class ProcessResources {
    private static final long POLL_MILLIS = 20;
    private static final int UNCHANGED_POLLS = 5;

    private ProcessResources() {}

    /** Returns the number of open files and sockets. */
    public static long openFileDescriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of live threads by name; digits in names are replaced by N. */
    public static Map<String, Integer> threads() {
        Map<String, Integer> threads = new TreeMap<>();
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> threads.merge(thread.getName().replaceAll("\\d+", "N"), 1, Integer::sum));
        return threads;
    }

    /** Returns the number of live threads whose name starts with a prefix. */
    public static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    /** Returns the size of the live objects in bytes, after garbage collections. */
    public static long liveHeapBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /**
     * Returns the size of the live objects in bytes, after objects that wait for a cleaner or finalizer have been freed
     * too.
     */
    public static long settledHeapBytes() throws InterruptedException {
        long least = liveHeapBytes();
        for (int unchanged = 0; unchanged < UNCHANGED_POLLS; unchanged++) {
            TimeUnit.MILLISECONDS.sleep(10 * POLL_MILLIS);
            long now = liveHeapBytes();
            if (now < least) {
                least = now;
                unchanged = 0;
            }
        }
        return least;
    }

    /**
     * Waits until a condition is true.
     *
     * @param seconds maximum waiting time
     * @param condition the condition
     * @return false if the time elapsed first
     */
    public static boolean await(long seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }
}
