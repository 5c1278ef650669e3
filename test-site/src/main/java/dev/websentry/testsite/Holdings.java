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

/** What this process holds on to: threads, files and sockets. Files and sockets are known on Linux alone. */
public final class Holdings {
    private static final long GLANCE_MILLIS = 20;
    private static final int ENOUGH_GLANCES = 5;

    private Holdings() {}

    /** Open files and sockets. */
    public static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Living threads by name, without their numbers. */
    public static Map<String, Integer> threads() {
        Map<String, Integer> threads = new TreeMap<>();
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> threads.merge(thread.getName().replaceAll("\\d+", "N"), 1, Integer::sum));
        return threads;
    }

    /** Threads whose names begin like this. */
    public static long threads(String beginning) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(beginning))
                .count();
    }

    /** Bytes of live objects. */
    public static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** The same, when what waits for its cleaner or its finalizer has gone as well. */
    public static long heapAtRest() throws InterruptedException {
        long least = heap();
        for (int unchanged = 0; unchanged < ENOUGH_GLANCES; unchanged++) {
            TimeUnit.MILLISECONDS.sleep(10 * GLANCE_MILLIS);
            long now = heap();
            if (now < least) {
                least = now;
                unchanged = 0;
            }
        }
        return least;
    }

    /** Looks until it is so, but not for ever. */
    public static boolean await(long seconds, BooleanSupplier so) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        }
        return true;
    }
}
