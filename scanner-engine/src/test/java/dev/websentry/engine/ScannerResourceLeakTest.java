package dev.websentry.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.testsite.ProcessResources;
import dev.websentry.testsite.tls.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Tests that completed and interrupted scans release threads, sockets and memory. The site and the DNS server run in
 * the same process and keep no state either.
 */
@Timeout(1800)
@EnabledOnOs(OS.LINUX)
@Isolated("resources of other tests would be counted")
class ScannerResourceLeakTest {
    private static final ScanOptions OPTIONS = ScanOptions.builder()
            .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
            .timeout(Duration.ofMinutes(1))
            .build();

    /** OkHttp keeps idle threads for a minute. */
    private static final long IDLE_SECONDS = 90;

    /** Scans until all classes are loaded and all caches are filled. */
    private static final int WARM_UP = 40;

    /** Large leaks show after a few scans, small ones after many: {@code mvn -Dscans=1000}, see CONTRIBUTING.md. */
    private static final int SCANS = Integer.getInteger("scans", 200);

    /** Caches of the JDK continue to grow. For a thousand scans, this limit is half a kilobyte per scan. */
    private static final long MAX_GROWTH_BYTES = 512 << 10;

    /**
     * The maximum time that an interrupted scan takes to end. It usually takes a fraction of a second, but more on a
     * busy machine. Without the interrupt, no scan ends within six seconds.
     */
    private static final Duration MAX_INTERRUPT_TIME = Duration.ofMillis(5500);

    @AfterEach
    void interruptStatusIsClear() {
        assertEquals(false, Thread.interrupted());
    }

    /** OkHttp keeps the threads of finished scans for a minute, which this test waits for twice. */
    @Test
    @Tag("endurance")
    void scansReleaseThreadsDescriptorsAndMemory() throws Exception {
        try (StatelessScanSite site = StatelessScanSite.start();
                Scanner scanner = new Scanner()) {
            site.scan(scanner, WARM_UP);
            assertTrue(ProcessResources.await(IDLE_SECONDS, () -> ProcessResources.threads("websentry-") == 0));
            long descriptors = ProcessResources.openFileDescriptors();
            long threads = Thread.getAllStackTraces().size();
            long heap = ProcessResources.settledHeapBytes();
            site.scan(scanner, SCANS);
            assertTrue(
                    ProcessResources.await(
                            IDLE_SECONDS, () -> Thread.getAllStackTraces().size() <= threads),
                    () -> "threads: " + threads + " before, now " + ProcessResources.threads());
            assertTrue(
                    ProcessResources.await(IDLE_SECONDS, () -> ProcessResources.openFileDescriptors() <= descriptors),
                    () -> "descriptors: " + descriptors + " before, now " + ProcessResources.openFileDescriptors());
            long grown = ProcessResources.settledHeapBytes() - heap;
            System.out.println(SCANS + " scans: threads " + threads + " before, "
                    + Thread.getAllStackTraces().size() + " after; descriptors " + descriptors + ", "
                    + ProcessResources.openFileDescriptors() + "; heap " + heap + ", " + (heap + grown));
            assertTrue(grown < MAX_GROWTH_BYTES, () -> "heap: " + heap + " before, grown by " + grown + " bytes");
        }
    }

    /** The server accepts every connection and sends nothing, so that the scan has to wait. */
    @Test
    void anInterruptedScanEndsImmediatelyAndReleasesItsResources() throws Exception {
        try (ScriptedServer silent = ScriptedServer.silent();
                Scanner scanner = new Scanner()) {
            interruptedScan(scanner, silent);
            long descriptors = ProcessResources.openFileDescriptors();
            long interrupted = interruptedScan(scanner, silent);
            assertTrue(
                    ProcessResources.await(
                            30, () -> activeThreads() == 0 && ProcessResources.openFileDescriptors() <= descriptors),
                    () -> activeThreads() + " active threads; descriptors: " + descriptors + " before, now "
                            + ProcessResources.openFileDescriptors());
            Duration took = Duration.ofNanos(System.nanoTime() - interrupted);
            assertTrue(took.compareTo(MAX_INTERRUPT_TIME) < 0, "it took " + took);
        }
    }

    /**
     * Starts a scan, interrupts it and waits until it ends.
     *
     * @return when it was interrupted, as {@link System#nanoTime()}
     */
    private static long interruptedScan(Scanner scanner, ScriptedServer silent) throws Exception {
        int before = silent.connectionCount();
        AtomicReference<ScanException> ended = new AtomicReference<>();
        Thread scan = new Thread(() -> {
            try {
                scanner.scan(Target.parse("https://127.0.0.1:" + silent.port()), OPTIONS, ScanProgressListener.NONE);
            } catch (ScanException e) {
                ended.set(e);
            }
        });
        scan.start();
        assertTrue(
                ProcessResources.await(30, () -> silent.connectionCount() >= before + 16),
                "the scan did not open 16 connections");
        long interrupted = System.nanoTime();
        scan.interrupt();
        scan.join(Duration.ofSeconds(30).toMillis());
        assertNotNull(ended.get());
        assertEquals(ScanException.ScanFailureReason.INTERRUPTED, ended.get().reason());
        return interrupted;
    }

    /** Returns the number of scanner threads that are not idle. */
    private static long activeThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("websentry-"))
                .filter(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("dev.websentry.engine.")))
                .count();
    }
}
