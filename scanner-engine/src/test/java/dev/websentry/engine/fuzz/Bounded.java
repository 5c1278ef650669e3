package dev.websentry.engine.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Runs a target once and holds it to a bound of processor time and memory, both of this thread alone. */
final class Bounded {
    /** Loading classes and compiling them on a busy machine is in it; what grows beyond measure passes it at once. */
    private static final long MOST_NANOS = 8_000_000_000L;

    /** Taken in all, not at one time. */
    private static final long MOST_BYTES = 768L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounded() {}

    /** What passes a bound is measured once more: code that was still being compiled is fast by then, bad growth is not. */
    static void run(FuzzTarget target, byte[] input) throws Exception {
        run(target, input, MOST_BYTES);
    }

    /** The same where Jazzer's hooks take memory of their own at every comparison of strings, a hundred times the target's. */
    static void runInstrumented(FuzzTarget target, byte[] input) throws Exception {
        run(target, input, 32 * MOST_BYTES);
    }

    private static void run(FuzzTarget target, byte[] input, long mostBytes) throws Exception {
        Optional<String> excess = excess(target, input, mostBytes);
        if (excess.isPresent()) {
            excess = excess(target, input, mostBytes);
        }
        if (excess.isPresent()) {
            throw new AssertionError(excess.get());
        }
    }

    private static Optional<String> excess(FuzzTarget target, byte[] input, long mostBytes) throws Exception {
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long began = THREADS.getCurrentThreadCpuTime();
        target.property().check(input.clone());
        long nanos = THREADS.getCurrentThreadCpuTime() - began;
        long bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
        return nanos > MOST_NANOS || bytes > mostBytes
                ? Optional.of(target + " took " + nanos / 1_000_000 + " ms and " + (bytes >> 20) + " MiB for "
                        + input.length + " bytes")
                : Optional.empty();
    }
}
