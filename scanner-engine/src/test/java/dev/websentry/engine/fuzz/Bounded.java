package dev.websentry.engine.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Runs a target once and holds it to a bound of processor time and memory, both of this thread alone. */
final class Bounded {
    /** Loading classes and compiling them on a busy machine is in it; what grows beyond measure passes it at once. */
    private static final long MOST_NANOS = 8_000_000_000L;

    /** Taken in all, not at one time. */
    private static final long MOST_BYTES = 768L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounded() {}

    static void run(FuzzTarget target, byte[] input) throws Exception {
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long began = THREADS.getCurrentThreadCpuTime();
        target.property().check(input.clone());
        long nanos = THREADS.getCurrentThreadCpuTime() - began;
        long bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
        if (nanos > MOST_NANOS || bytes > MOST_BYTES) {
            throw new AssertionError(target + " took " + nanos / 1_000_000 + " ms and " + (bytes >> 20) + " MiB for "
                    + input.length + " bytes");
        }
    }
}
