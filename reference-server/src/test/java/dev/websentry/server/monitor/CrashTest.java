package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.SettableClock;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.Vendor;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The server is killed (SIGKILL) in the middle of the run of six o'clock, of first scans and of making keys, again and again.
 * Afterwards whatever it had acknowledged is there, and each monitor has one report for the trigger.
 */
class CrashTest {
    private static final Instant SUNDAY = Instant.parse("2030-06-02T12:00:00Z");
    private static final Instant MONDAY = Instant.parse("2030-06-03T06:00:00Z");
    static final String SCHEDULED = "a.example.com";
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Pattern ACKNOWLEDGED = Pattern.compile("(key|monitor) [0-9a-f]{32}");
    private static final int MONITORS = 24;
    private static final int KILLS = 3;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource
    void nothingIsLostAndNothingRecordedTwice(Vendor vendor) throws Exception {
        List<String> settings = new ArrayList<>(vendor.freshDatabase());
        settings.add("--websentry.monitors.heartbeat=500ms");
        settings.add("--websentry.scan.concurrency=4");
        List<String> monitors = prepare(settings);
        for (int kill = 0; kill < KILLS; kill++) {
            // Each begins later than the last one's heartbeats.
            kill(settings, MONDAY.plus(Duration.ofMinutes(5L * kill)), 4 + kill);
        }
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedScanner scanner = new ScriptedScanner();
        scanner.stopsAt(SCHEDULED, gate);
        try (TestServer server = start(settings, MONDAY.plus(Duration.ofHours(1)), scanner)) {
            JdbcClient db = server.get(JdbcClient.class);
            // Some of it happened before the last start, but not all: the kills fell into the run.
            int before = recorded(db);
            gate.countDown();
            assertTrue(before > 0 && before < MONITORS, before + " of " + MONITORS);
            Await.until("every monitor has its report", () -> recorded(db) == MONITORS);
            Await.until("no run is left", () -> count(db, "scheduled_tasks WHERE task_name = 'monitor-run'") == 0);
            assertEquals(MONITORS, recorded(db));
            for (String monitor : monitors) {
                assertEquals(1, count(db, "scan WHERE due_at IS NOT NULL AND monitor_id = '" + monitor + "'"));
            }
            assertEverythingAcknowledged(db);
            if (vendor == Vendor.SQLITE) {
                assertEquals(
                        "ok",
                        db.sql("PRAGMA integrity_check").query(String.class).single());
            }
        }
    }

    private static List<String> prepare(List<String> settings) {
        try (TestServer server = start(settings, SUNDAY, new ScriptedScanner())) {
            AccountStore accounts = server.get(AccountStore.class);
            Account account =
                    accounts.create(Email.parse("me@example.com"), "none").orElseThrow();
            accounts.setPlan(account.id(), Plan.AGENCY);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < MONITORS; i++) {
                ids.add(server.get(MonitorStore.class)
                        .create(account.id(), "https://" + SCHEDULED + "/" + i, Frequency.DAILY)
                        .orElseThrow()
                        .id());
            }
            return ids;
        }
    }

    private static TestServer start(List<String> settings, Instant now, ScriptedScanner scanner) {
        SettableClock clock = new SettableClock();
        clock.set(now);
        return TestServer.start(settings, clock, scanner);
    }

    /** Starts a server in its own process and kills it once so many scheduled scans have begun. */
    private void kill(List<String> settings, Instant now, int runs) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CrashServer.class.getName(),
                now.toString()));
        command.addAll(settings);
        Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread patience = new Thread(() -> killAfter(server, PATIENCE));
        patience.setDaemon(true);
        patience.start();
        StringBuilder said = new StringBuilder();
        int begun = 0;
        boolean killed = false;
        try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                // What is still in the pipe when it dies was acknowledged, too.
                if (ACKNOWLEDGED.matcher(line).matches()) {
                    acknowledged.add(line);
                } else if (line.equals("run begins") && ++begun == runs) {
                    // Of the process itself: Process.destroyForcibly would also close the pipe that is still read.
                    killed = server.toHandle().destroyForcibly();
                }
            }
        } finally {
            server.destroyForcibly();
        }
        assertTrue(server.waitFor(10, TimeUnit.SECONDS));
        assertTrue(killed, said::toString);
        assertEquals(128 + 9, server.exitValue(), said::toString);
    }

    private static void killAfter(Process process, Duration patience) {
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertEverythingAcknowledged(JdbcClient db) {
        assertTrue(acknowledged.stream().anyMatch(line -> line.startsWith("key ")), acknowledged::toString);
        for (String line : acknowledged) {
            String id = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("key ")) {
                assertEquals(1, count(db, "api_key WHERE id = '" + id + "'"), line);
            } else {
                assertEquals(1, count(db, "monitor WHERE last_grade = 'A' AND id = '" + id + "'"), line);
                assertEquals(1, count(db, "scan WHERE state = 'done' AND monitor_id = '" + id + "'"), line);
            }
        }
    }

    private static int recorded(JdbcClient db) {
        return count(db, "scan WHERE state = 'done' AND due_at = " + MONDAY.toEpochMilli());
    }

    private static int count(JdbcClient db, String what) {
        return db.sql("SELECT count(*) FROM " + what).query(Integer.class).single();
    }
}
