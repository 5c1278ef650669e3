package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.report.Grade;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Times at which monitors run, with a clock that the test controls. 2030-06-03 is a Monday. */
class MonitorScheduleTest {
    private static final Instant SUNDAY_NOON = Instant.parse("2030-06-02T12:00:00Z");
    private static final Instant MONDAY = Instant.parse("2030-06-03T06:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2030-06-04T06:00:00Z");
    private static final String HOST = "a.example.com";

    private final ScriptedScanner scanner = new ScriptedScanner();

    @ParameterizedTest
    @EnumSource
    void everyFrequencyRunsOnItsDaysAtSix(DatabaseVendor vendor) {
        try (TestServer server = start(vendor.freshDatabase(), SUNDAY_NOON)) {
            Account account = account(server);
            Monitor daily = create(server, account, "daily");
            Monitor weekly = create(server, account, "weekly");
            Monitor monthly = create(server, account, "monthly");
            server.clock().set(MONDAY.minusMillis(300));
            awaitRecord(server, daily, MONDAY);
            awaitRecord(server, weekly, MONDAY);
            server.clock().set(TUESDAY);
            awaitRecord(server, daily, TUESDAY);
            Instant first = Instant.parse("2030-07-01T06:00:00Z");
            server.clock().set(first);
            for (Monitor monitor : List.of(daily, weekly, monthly)) {
                awaitRecord(server, monitor, first);
            }
            awaitIdle(server);
            assertEquals(List.of(MONDAY, TUESDAY, first), records(server, daily));
            assertEquals(List.of(MONDAY, first), records(server, weekly));
            assertEquals(List.of(first), records(server, monthly));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pausedMonitorDoesNotRunAndMissedRunsAreNotMadeUp(DatabaseVendor vendor) {
        try (TestServer server = start(vendor.freshDatabase(), SUNDAY_NOON)) {
            Account account = account(server);
            Monitor paused = create(server, account, "daily");
            Monitor other = create(server, account, "daily");
            server.get(MonitorService.class).toggle(account, paused.id());
            server.clock().set(MONDAY);
            awaitRecord(server, other, MONDAY);
            awaitIdle(server);
            server.get(MonitorService.class).toggle(account, paused.id());
            server.clock().set(TUESDAY.minusSeconds(60));
            server.clock().set(TUESDAY);
            awaitRecord(server, paused, TUESDAY);
            awaitIdle(server);
            assertEquals(List.of(TUESDAY), records(server, paused));
        }
    }

    @ParameterizedTest
    @EnumSource
    void triggersMissedWhileDownAreMadeUpOnce(DatabaseVendor vendor) {
        List<String> database = vendor.freshDatabase();
        Monitor daily;
        try (TestServer server = start(database, SUNDAY_NOON)) {
            daily = create(server, account(server), "daily");
        }
        // Thursday at 10:00: four triggers were missed.
        Instant thursday = Instant.parse("2030-06-06T06:00:00Z");
        try (TestServer server = start(database, thursday.plus(Duration.ofHours(4)))) {
            awaitRecord(server, daily, thursday);
            awaitIdle(server);
            assertEquals(List.of(thursday), records(server, daily));
            assertEquals(
                    Instant.parse("2030-06-07T06:00:00Z"),
                    server.get(MonitorRepository.class)
                            .find(daily.accountId(), daily.id())
                            .orElseThrow()
                            .nextDueAt());
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedScanIsRecordedAndRepeatedOnTheNextDay(DatabaseVendor vendor) {
        try (TestServer server = start(vendor.freshDatabase(), SUNDAY_NOON)) {
            Account account = account(server);
            Monitor monitor = create(server, account, "daily");
            scanner.setFailure(HOST, ScanFailureReason.UNREACHABLE);
            server.clock().set(MONDAY);
            awaitRecord(server, monitor, MONDAY);
            Monitor failed =
                    server.get(MonitorService.class).findByAccount(account).get(0);
            assertTrue(failed.active());
            assertEquals(HOST + " does not answer", failed.last().error().orElseThrow());
            assertEquals("A", failed.last().grade().orElseThrow());
            assertEquals(
                    "failed unreachable",
                    server.get(JdbcClient.class)
                            .sql("SELECT state || ' ' || error_code FROM scan WHERE monitor_id = :id AND due_at = :due")
                            .param("id", monitor.id())
                            .param("due", MONDAY.toEpochMilli())
                            .query(String.class)
                            .single());
            scanner.setGrade(HOST, Grade.B);
            server.clock().set(TUESDAY);
            awaitRecord(server, monitor, TUESDAY);
            Monitor well =
                    server.get(MonitorService.class).findByAccount(account).get(0);
            assertTrue(well.last().error().isEmpty());
            assertEquals("B", well.last().grade().orElseThrow());
        }
    }

    @Test
    void twoNodesRunADueMonitorOnlyOnce() {
        List<String> database = DatabaseVendor.POSTGRESQL.freshDatabase();
        try (TestServer one = start(database, SUNDAY_NOON);
                TestServer other = start(database, SUNDAY_NOON)) {
            Account account = account(one);
            List<Monitor> monitors = IntStream.range(0, 25)
                    .mapToObj(i -> create(one, account, "daily"))
                    .toList();
            int before = scanner.scanCount(HOST);
            one.clock().set(MONDAY);
            other.clock().set(MONDAY);
            monitors.forEach(monitor -> awaitRecord(other, monitor, MONDAY));
            awaitIdle(one);
            monitors.forEach(monitor -> assertEquals(List.of(MONDAY), records(one, monitor)));
            assertEquals(25, scanner.scanCount(HOST) - before);
        }
    }

    @Test
    void twoNodesEnforceTheLimitOfThePlan() throws Exception {
        List<String> database = DatabaseVendor.POSTGRESQL.freshDatabase();
        try (TestServer one = start(database, SUNDAY_NOON);
                TestServer other = start(database, SUNDAY_NOON)) {
            Account account = account(one);
            one.get(AccountRepository.class).setPlan(account.id(), Plan.PRO);
            List<Boolean> made = MonitorEndpointTest.inParallel(
                    50,
                    i -> (i % 2 == 0 ? one : other)
                            .get(MonitorRepository.class)
                            .create(account.id(), "https://" + HOST, Frequency.DAILY, true)
                            .isPresent());
            assertEquals(5, made.stream().filter(yes -> yes).count());
        }
    }

    /** A node that stops responding is considered dead; the result that it delivers later is discarded. */
    @Test
    void runOfASilentNodeIsTakenOverAndRecordedOnce() {
        List<String> database = DatabaseVendor.POSTGRESQL.freshDatabase();
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedScanner stuck = new ScriptedScanner();
        stuck.blockScans(HOST, gate);
        MutableClock slow = clock(SUNDAY_NOON);
        try (TestServer one = TestServer.start(settings(database), slow, stuck)) {
            Account account = account(one);
            Monitor monitor = one.get(MonitorRepository.class)
                    .create(account.id(), "https://" + HOST, Frequency.DAILY, true)
                    .orElseThrow();
            slow.set(MONDAY);
            Await.until("the first node scans", () -> stuck.scanCount(HOST) == 1);
            // For a node whose clock is ten minutes ahead, the heartbeats of the first node have expired.
            try (TestServer other = start(database, MONDAY.plus(Duration.ofMinutes(10)))) {
                awaitRecord(other, monitor, MONDAY);
                gate.countDown();
                awaitIdle(one);
                assertEquals(List.of(MONDAY), records(one, monitor));
                assertEquals(1, scanner.scanCount(HOST));
            }
        }
    }

    private TestServer start(List<String> database, Instant now) {
        return TestServer.start(settings(database), clock(now), scanner);
    }

    private static List<String> settings(List<String> database) {
        return Stream.concat(database.stream(), Stream.of("--websentry.monitors.heartbeat=500ms"))
                .toList();
    }

    private static MutableClock clock(Instant now) {
        MutableClock clock = new MutableClock();
        clock.set(now);
        return clock;
    }

    private static Account account(TestServer server) {
        AccountRepository accounts = server.get(AccountRepository.class);
        Account made = accounts.create(Email.parse("me@example.com"), "none", Plan.FREE)
                .orElseThrow();
        accounts.setPlan(made.id(), Plan.AGENCY);
        return accounts.find(made.id()).orElseThrow();
    }

    private static Monitor create(TestServer server, Account account, String frequency) {
        return server.get(MonitorService.class).create(account, "https://" + HOST, frequency, true);
    }

    private static void awaitRecord(TestServer server, Monitor monitor, Instant due) {
        Await.until(
                "the report of " + due,
                () -> server.get(MonitorRepository.class)
                        .find(monitor.accountId(), monitor.id())
                        .orElseThrow()
                        .last()
                        .runAt()
                        .equals(Optional.of(due)));
    }

    /** Waits until all runs are completed. */
    private static void awaitIdle(TestServer server) {
        Await.until(
                "all runs are completed",
                () -> server.get(JdbcClient.class)
                                .sql("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'monitor-run'")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    private static List<Instant> records(TestServer server, Monitor monitor) {
        return server
                .get(JdbcClient.class)
                .sql(
                        "SELECT due_at FROM scan WHERE monitor_id = :id AND due_at IS NOT NULL AND state IN ('done', 'failed') ORDER BY due_at")
                .param("id", monitor.id())
                .query(Long.class)
                .list()
                .stream()
                .map(Instant::ofEpochMilli)
                .toList();
    }
}
