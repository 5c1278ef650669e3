package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.testsite.ProcessResources;
import dev.websentry.testsite.tls.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests Ctrl-C during a scan. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class InterruptedIT {
    /**
     * The exit takes less than a second, but more on a busy machine. A silent site would delay it for at least six
     * seconds.
     */
    private static final Duration MAX_EXIT_TIME = Duration.ofSeconds(4);

    private static final long TIMEOUT_SECONDS = 120;
    private static final int MIN_OPEN_CONNECTIONS = 16;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static LoopbackSites sites;

    @BeforeAll
    static void start() throws IOException {
        sites = LoopbackSites.start(shared);
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    @Test
    void interruptedScanStopsAtOnceAndLeavesCompleteFiles() throws Exception {
        interruptedScanStops(MavenDistribution.running());
    }

    @Tag("other-mavens")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.websentry.maven.MavenDistribution#others")
    void interruptedScanStopsInOtherMavenVersions(MavenDistribution maven) throws Exception {
        interruptedScanStops(maven);
    }

    /** One site is scanned and reported, the other one accepts connections but never responds. */
    private void interruptedScanStops(MavenDistribution maven) throws Exception {
        Path reports = folder.resolve("target/websentry");
        Path report = reports.resolve("www.example.com.json");
        Path last = reports.resolve("www.example.com.html");
        try (ScriptedServer silent = ScriptedServer.silent();
                MavenProcess started = maven.start(
                        folder,
                        arguments("-Dwebsentry.urls=" + sites.good().url() + ",https://127.0.0.1:" + silent.port()))) {
            assertTrue(
                    ProcessResources.await(
                            TIMEOUT_SECONDS,
                            () -> !started.process().isAlive()
                                    || Files.exists(last) && silent.openConnectionCount() >= MIN_OPEN_CONNECTIONS),
                    () -> silent.openConnectionCount() + " connections");
            long signaled = System.nanoTime();
            sendExitSignal(started.process());
            assertTrue(ProcessResources.await(TIMEOUT_SECONDS, () -> silent.openConnectionCount() == 0));
            Duration took = Duration.ofNanos(System.nanoTime() - signaled);
            MavenRun run = started.end(MAX_EXIT_TIME);
            assertTrue(took.compareTo(MAX_EXIT_TIME) < 0, () -> "the connections were open for " + took);
            assertNotEquals(0, run.exitCode(), run.console());
            assertEquals(1, run.lines("Interrupted: the scans were stopped").size(), run.console());
            assertEquals(List.of("www.example.com.html", "www.example.com.json"), run.reports());
            assertTrue(ReportJsonReader.read(Files.readString(report)).complete());
        }
    }

    private static List<String> arguments(String urls) {
        List<String> all = new ArrayList<>(List.of(MavenRun.PLUGIN + ":scan"));
        all.addAll(Arrays.asList(sites.with(urls)));
        return all;
    }

    /** Sends SIGINT like a terminal, or SIGTERM if SIGINT is ignored, as in the background processes of a shell. */
    private static void sendExitSignal(Process process) throws IOException, InterruptedException {
        String ignored =
                Files.readString(Path.of("/proc/self/status")).replaceAll("(?s).*SigIgn:\\s*([0-9a-f]+).*", "$1");
        boolean handlesInterrupt = (Long.parseUnsignedLong(ignored, 16) & 2) == 0;
        Process kill = new ProcessBuilder("kill", handlesInterrupt ? "-INT" : "-TERM", String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertEquals(0, kill.waitFor());
    }
}
