package dev.websentry.testsite.link;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Knows when every other thread of this process waits for something, from what Linux says of its threads. Nobody's clock is
 * asked: a thread that is ready to run and has no processor is not still.
 */
final class Stillness {
    private static final Path THREADS = Path.of("/proc/self/task");
    /** Threads of the virtual machine that nobody waits for: compilers, and what wakes up by the clock. */
    private static final List<String> ASIDE = List.of("C1 ", "C2 ", "VM Periodic");

    /** Threads of the virtual machine that stop all others while they run, and come and go by themselves. */
    private static final List<String> STOPPING = List.of("VM Thread", "G1 ", "GC ");

    private final byte[] buffer = new byte[1 << 13];
    private final String own;

    /** For the thread that asks. */
    Stillness() {
        try {
            own = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("rounds are counted on Linux alone", e);
        }
    }

    /** Two looks around that find everybody asleep, and nobody who woke up in between. */
    boolean reached() {
        long before = switchesWhileAllSleep();
        return before >= 0 && before == switchesWhileAllSleep();
    }

    /** How often threads gave a processor up so far; negative when one of them is not asleep. */
    private long switchesWhileAllSleep() {
        long switches = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                String status = thread.endsWith(own) ? "" : status(thread);
                String name = field(status, "Name:\t");
                if (status.isEmpty() || ASIDE.stream().anyMatch(name::startsWith)) {
                    continue;
                }
                if (!field(status, "State:\t").startsWith("S")) {
                    return -1;
                }
                if (STOPPING.stream().noneMatch(name::startsWith)) {
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

    /** Empty for a thread that ends meanwhile. */
    private String status(Path thread) {
        try (FileInputStream in = new FileInputStream(thread.resolve("status").toString())) {
            int length = in.readNBytes(buffer, 0, buffer.length);
            return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
