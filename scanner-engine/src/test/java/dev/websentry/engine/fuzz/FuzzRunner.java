package dev.websentry.engine.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Runs a fuzz target once and limits the CPU time and memory allocation of the current thread. */
final class FuzzRunner {
    /** Includes class loading and compilation on a busy machine; superlinear algorithms exceed it by far. */
    private static final long MAX_NANOS = 8_000_000_000L;

    /** Total allocation, not peak usage. */
    private static final long MAX_BYTES = 768L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FuzzRunner() {}

    /**
     * Runs the target. If it exceeds a limit, it runs a second time: compiled code is fast by then, but a superlinear
     * algorithm is still slow.
     *
     * @throws AssertionError if the second run exceeds a limit too
     */
    static void run(FuzzTarget target, byte[] input) throws Exception {
        run(target, input, MAX_BYTES);
    }

    /**
     * Runs a target that is instrumented by Jazzer. Its hooks allocate memory at every string comparison, up to a
     * hundred times as much as the target.
     */
    static void runInstrumented(FuzzTarget target, byte[] input) throws Exception {
        run(target, input, 32 * MAX_BYTES);
    }

    private static void run(FuzzTarget target, byte[] input, long maxBytes) throws Exception {
        Optional<String> excess = excess(target, input, maxBytes);
        if (excess.isPresent()) {
            excess = excess(target, input, maxBytes);
        }
        if (excess.isPresent()) {
            throw new AssertionError(excess.get());
        }
    }

    private static Optional<String> excess(FuzzTarget target, byte[] input, long maxBytes) throws Exception {
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long began = THREADS.getCurrentThreadCpuTime();
        target.property().check(input.clone());
        long nanos = THREADS.getCurrentThreadCpuTime() - began;
        long bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
        return nanos > MAX_NANOS || bytes > maxBytes
                ? Optional.of(target + " took " + nanos / 1_000_000 + " ms and " + (bytes >> 20) + " MiB for "
                        + input.length + " bytes")
                : Optional.empty();
    }
}
