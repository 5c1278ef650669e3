package dev.websentry.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import dev.websentry.testsite.Holdings;
import dev.websentry.testsite.tls.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/** Threads, sockets and memory after scans, ended or interrupted. Site and DNS run in this process and keep nothing either. */
@Timeout(1800)
@EnabledOnOs(OS.LINUX)
@Isolated("what other tests hold would be counted")
class LeavesNothingBehindTest {
    private static final ScanOptions OPTIONS = ScanOptions.builder()
            .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
            .timeout(Duration.ofMinutes(1))
            .build();

    /** What threads of OkHttp stay for a minute wait for the next request of anybody. */
    private static final long IDLE_SECONDS = 90;

    /** Until every class is loaded and every cache has its size. */
    private static final int WARM_UP = 40;

    /** What is large shows after a few scans, what is small after many: {@code mvn -Dscans=1000}, see CONTRIBUTING.md. */
    private static final int SCANS = Integer.getInteger("scans", 200);

    /** Caches of the JDK go on growing a little. In a thousand scans, this is half a kilobyte for each. */
    private static final long MOST_BYTES = 512 << 10;

    /** It takes a fraction of a second; on a machine with more work than processors, more. Nothing else ends within six. */
    private static final Duration ON_A_BUSY_MACHINE = Duration.ofSeconds(3);

    @AfterEach
    void nobodyIsInterruptedAnyMore() {
        assertEquals(false, Thread.interrupted());
    }

    @Test
    void scansLeaveThreadsDescriptorsAndMemoryWhereTheyWere() throws Exception {
        try (ForgettingSite site = ForgettingSite.start();
                Scanner scanner = new Scanner()) {
            site.scan(scanner, WARM_UP);
            assertTrue(Holdings.await(IDLE_SECONDS, () -> Holdings.threads("websentry-") == 0));
            long descriptors = Holdings.descriptors();
            long threads = Thread.getAllStackTraces().size();
            long heap = Holdings.heapAtRest();
            site.scan(scanner, SCANS);
            assertTrue(
                    Holdings.await(
                            IDLE_SECONDS, () -> Thread.getAllStackTraces().size() <= threads),
                    () -> "threads: " + threads + " before, now " + Holdings.threads());
            assertTrue(
                    Holdings.await(IDLE_SECONDS, () -> Holdings.descriptors() <= descriptors),
                    () -> "descriptors: " + descriptors + " before, now " + Holdings.descriptors());
            long grown = Holdings.heapAtRest() - heap;
            System.out.println(SCANS + " scans: threads " + threads + " before, "
                    + Thread.getAllStackTraces().size() + " after; descriptors " + descriptors + ", "
                    + Holdings.descriptors() + "; heap " + heap + ", " + (heap + grown));
            assertTrue(grown < MOST_BYTES, () -> "heap: " + heap + " before, grown by " + grown + " bytes");
        }
    }

    /** The server takes every connection and says nothing: all that a scan can do is wait. */
    @Test
    void anInterruptedScanEndsAtOnceAndLeavesNothing() throws Exception {
        try (ScriptedServer silent = ScriptedServer.silent();
                Scanner scanner = new Scanner()) {
            interruptedScan(scanner, silent);
            long descriptors = Holdings.descriptors();
            long interrupted = interruptedScan(scanner, silent);
            assertTrue(
                    Holdings.await(30, () -> working() == 0 && Holdings.descriptors() <= descriptors),
                    () -> working() + " threads at work; descriptors: " + descriptors + " before, now "
                            + Holdings.descriptors());
            Duration took = Duration.ofNanos(System.nanoTime() - interrupted);
            assertTrue(took.compareTo(ON_A_BUSY_MACHINE) < 0, "it took " + took);
        }
    }

    /** @return when it was interrupted; by now the scan has ended */
    private static long interruptedScan(Scanner scanner, ScriptedServer silent) throws Exception {
        int before = silent.connections();
        AtomicReference<ScanException> ended = new AtomicReference<>();
        Thread scan = new Thread(() -> {
            try {
                scanner.scan(Target.parse("https://127.0.0.1:" + silent.port()), OPTIONS, Progress.NONE);
            } catch (ScanException e) {
                ended.set(e);
            }
        });
        scan.start();
        assertTrue(Holdings.await(30, () -> silent.connections() >= before + 16), "the scan is in full swing");
        long interrupted = System.nanoTime();
        scan.interrupt();
        scan.join(Duration.ofSeconds(30).toMillis());
        assertNotNull(ended.get());
        assertEquals(ScanException.Reason.INTERRUPTED, ended.get().reason());
        return interrupted;
    }

    /** Threads of the scanner's pool that are not idle. */
    private static long working() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("websentry-"))
                .filter(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("dev.websentry.engine.")))
                .count();
    }
}
