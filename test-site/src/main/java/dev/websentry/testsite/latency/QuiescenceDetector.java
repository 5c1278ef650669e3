package dev.websentry.testsite.latency;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Detects when all other threads of this process are waiting, from the thread states in Linux's {@code /proc}. It does
 * not depend on time: a thread that is runnable but has no CPU is not waiting.
 */
final class QuiescenceDetector {
    private static final Path THREADS = Path.of("/proc/self/task");
    /** JVM threads to ignore: compilers, and threads that run periodically. */
    private static final List<String> IGNORED = List.of("C1 ", "C2 ", "VM Periodic");

    /** JVM threads that stop all others while they run, and whose context switches do not count. */
    private static final List<String> STOP_THE_WORLD = List.of("VM Thread", "G1 ", "GC ");

    private final byte[] buffer = new byte[1 << 13];
    private final String own;

    /** Creates a detector for use by the current thread. */
    QuiescenceDetector() {
        try {
            own = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("counting round trips requires Linux", e);
        }
    }

    /** Returns whether two consecutive checks found all threads waiting, and no thread ran in between. */
    boolean isQuiescent() {
        long before = contextSwitchesIfAllWait();
        return before >= 0 && before == contextSwitchesIfAllWait();
    }

    /** Returns the total number of context switches, or -1 if a thread is not waiting. */
    private long contextSwitchesIfAllWait() {
        long switches = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                String status = thread.endsWith(own) ? "" : status(thread);
                String name = field(status, "Name:\t");
                if (status.isEmpty() || IGNORED.stream().anyMatch(name::startsWith)) {
                    continue;
                }
                if (!field(status, "State:\t").startsWith("S")) {
                    return -1;
                }
                if (STOP_THE_WORLD.stream().noneMatch(name::startsWith)) {
                    switches += Long.parseLong(field(status, "\nvoluntary_ctxt_switches:\t"))
                            + Long.parseLong(field(status, "nonvoluntary_ctxt_switches:\t"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switches;
    }

    private static String field(String status, String name) {
        int from = status.indexOf(name);
        return from < 0
                ? ""
                : status.substring(from + name.length(), status.indexOf('\n', from + name.length()))
                        .strip();
    }

    /** Returns the status file of a thread; empty if the thread has ended. */
    private String status(Path thread) {
        try (FileInputStream in = new FileInputStream(thread.resolve("status").toString())) {
            int length = in.readNBytes(buffer, 0, buffer.length);
            return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
