package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers that use one database run monitors. 2030-06-03 is a Monday. */
class MonitorClusterTest {
    private static final Instant SUNDAY_NOON = Instant.parse("2030-06-02T12:00:00Z");
    private static final Instant MONDAY = Instant.parse("2030-06-03T06:00:00Z");
    private static final String HOST = "a.example.com";
    private static final ScriptedScanner SCANNER = new ScriptedScanner();

    private static TestServer one;
    private static TestServer other;

    @BeforeAll
    static void startNodes() {
        List<String> database = DatabaseVendor.POSTGRESQL.freshDatabase();
        one = startNode(database, SUNDAY_NOON, SCANNER);
        other = startNode(database, SUNDAY_NOON, SCANNER);
    }

    @AfterAll
    static void closeNodes() {
        one.close();
        other.close();
    }

    @Test
    void twoNodesRunADueMonitorOnlyOnce() {
        Account account = account(one, "due@example.com");
        List<Monitor> monitors = IntStream.range(0, 25)
                .mapToObj(i -> one.get(MonitorService.class).create(account, "https://" + HOST, "daily", true))
                .toList();
        int before = SCANNER.scanCount(HOST);
        one.clock().set(MONDAY);
        other.clock().set(MONDAY);
        monitors.forEach(monitor -> MonitorRuns.awaitRecord(other, monitor, MONDAY));
        MonitorRuns.awaitIdle(one);
        monitors.forEach(monitor -> assertEquals(List.of(MONDAY), MonitorRuns.records(one, monitor)));
        assertEquals(25, SCANNER.scanCount(HOST) - before);
    }

    @Test
    void twoNodesEnforceTheLimitOfThePlan() throws Exception {
        Account account = account(one, "limit@example.com");
        one.get(AccountRepository.class).setPlan(account.id(), Plan.PRO);
        List<Boolean> made = MonitorEndpointTest.inParallel(
                50,
                i -> (i % 2 == 0 ? one : other)
                        .get(MonitorRepository.class)
                        .create(account.id(), "https://limit.example.com", Frequency.DAILY, true)
                        .isPresent());
        assertEquals(5, made.stream().filter(yes -> yes).count());
    }

    /** A node that stops responding is considered dead; the result that it delivers later is discarded. */
    @Test
    void runOfASilentNodeIsTakenOverAndRecordedOnce() {
        List<String> database = DatabaseVendor.POSTGRESQL.freshDatabase();
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedScanner stuck = new ScriptedScanner();
        ScriptedScanner taker = new ScriptedScanner();
        stuck.blockScans(HOST, gate);
        try (TestServer silent = startNode(database, SUNDAY_NOON, stuck)) {
            Account account = account(silent, "silent@example.com");
            Monitor monitor = silent.get(MonitorRepository.class)
                    .create(account.id(), "https://" + HOST, Frequency.DAILY, true)
                    .orElseThrow();
            silent.clock().set(MONDAY);
            Await.until("the first node scans", () -> stuck.scanCount(HOST) == 1);
            // Nothing is due for it any more. Otherwise it could scan again before its successor does.
            silent.clock().set(Instant.EPOCH);
            // For a node whose clock is ten minutes ahead, the heartbeats of the first node have expired.
            try (TestServer successor = startNode(database, MONDAY.plus(Duration.ofMinutes(10)), taker)) {
                MonitorRuns.awaitRecord(successor, monitor, MONDAY);
                gate.countDown();
                MonitorRuns.awaitIdle(silent);
                assertEquals(List.of(MONDAY), MonitorRuns.records(silent, monitor));
                assertEquals(1, taker.scanCount(HOST));
            }
        }
    }

    private static TestServer startNode(List<String> database, Instant now, ScriptedScanner scanner) {
        MutableClock clock = new MutableClock();
        clock.set(now);
        List<String> settings = new ArrayList<>(database);
        // Two minutes without a heartbeat are a dead node, but a busy machine may stop one for seconds.
        settings.add("--websentry.monitors.heartbeat=30s");
        return TestServer.start(settings, clock, scanner);
    }

    private static Account account(TestServer server, String email) {
        return server.get(AccountRepository.class)
                .create(Email.parse(email), "none", Plan.AGENCY)
                .orElseThrow();
    }
}
