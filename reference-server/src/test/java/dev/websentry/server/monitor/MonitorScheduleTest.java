package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.report.Grade;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EmailEndpointTest;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.token.SecureTokens;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Times at which monitors run, with a clock that the test controls. */
class MonitorScheduleTest extends EmailEndpointTest {
    private static final Instant SUNDAY_NOON = Instant.parse("2030-06-02T12:00:00Z");

    private final String host = SecureTokens.randomHex(6) + ".example.com";

    private Instant monday;
    private Instant tuesday;

    @BeforeEach
    void rememberDays() {
        monday = monday();
        tuesday = monday.plus(Duration.ofDays(1));
    }

    @Test
    void everyFrequencyRunsOnItsDaysAtSix() {
        Instant first = nextMonthThatBeginsOnAMonday();
        monday = first.minus(Duration.ofDays(21));
        tuesday = monday.plus(Duration.ofDays(1));
        moveClock(monday.minus(Duration.ofHours(18)));
        Account account = account(server());
        Monitor daily = create(server(), account, "daily");
        Monitor weekly = create(server(), account, "weekly");
        Monitor monthly = create(server(), account, "monthly");
        moveClock(monday.minusMillis(300));
        MonitorRuns.awaitRecord(server(), daily, monday);
        MonitorRuns.awaitRecord(server(), weekly, monday);
        moveClock(tuesday);
        MonitorRuns.awaitRecord(server(), daily, tuesday);
        moveClock(first);
        for (Monitor monitor : List.of(daily, weekly, monthly)) {
            MonitorRuns.awaitRecord(server(), monitor, first);
        }
        MonitorRuns.awaitIdle(server());
        assertEquals(List.of(monday, tuesday, first), MonitorRuns.records(server(), daily));
        assertEquals(List.of(monday, first), MonitorRuns.records(server(), weekly));
        assertEquals(List.of(first), MonitorRuns.records(server(), monthly));
    }

    @Test
    void pausedMonitorDoesNotRunAndMissedRunsAreNotMadeUp() {
        Account account = account(server());
        Monitor paused = create(server(), account, "daily");
        Monitor other = create(server(), account, "daily");
        server().get(MonitorService.class).toggle(account, paused.id());
        moveClock(monday);
        MonitorRuns.awaitRecord(server(), other, monday);
        MonitorRuns.awaitIdle(server());
        server().get(MonitorService.class).toggle(account, paused.id());
        moveClock(tuesday.minusSeconds(60));
        moveClock(tuesday);
        MonitorRuns.awaitRecord(server(), paused, tuesday);
        MonitorRuns.awaitIdle(server());
        assertEquals(List.of(tuesday), MonitorRuns.records(server(), paused));
    }

    @Test
    void triggersMissedWhileDownAreMadeUpOnce() {
        List<String> database = vendor.freshDatabase();
        Monitor daily;
        try (TestServer server = start(database, SUNDAY_NOON)) {
            daily = create(server, account(server), "daily");
        }
        // Thursday at 10:00: four triggers were missed.
        Instant thursday = Instant.parse("2030-06-06T06:00:00Z");
        try (TestServer server = start(database, thursday.plus(Duration.ofHours(4)))) {
            MonitorRuns.awaitRecord(server, daily, thursday);
            MonitorRuns.awaitIdle(server);
            assertEquals(List.of(thursday), MonitorRuns.records(server, daily));
            assertEquals(
                    Instant.parse("2030-06-07T06:00:00Z"),
                    server.get(MonitorRepository.class)
                            .find(daily.accountId(), daily.id())
                            .orElseThrow()
                            .nextDueAt());
        }
    }

    @Test
    void failedScanIsRecordedAndRepeatedOnTheNextDay() {
        Account account = account(server());
        Monitor monitor = create(server(), account, "daily");
        SCANNER.setFailure(host, ScanFailureReason.UNREACHABLE);
        moveClock(monday);
        MonitorRuns.awaitRecord(server(), monitor, monday);
        Monitor failed =
                server().get(MonitorService.class).findByAccount(account).get(0);
        assertTrue(failed.active());
        assertEquals(host + " does not answer", failed.last().error().orElseThrow());
        assertEquals("A", failed.last().grade().orElseThrow());
        assertEquals(
                "failed unreachable",
                server().get(JdbcClient.class)
                        .sql("SELECT state || ' ' || error_code FROM scan WHERE monitor_id = :id AND due_at = :due")
                        .param("id", monitor.id())
                        .param("due", monday.toEpochMilli())
                        .query(String.class)
                        .single());
        SCANNER.setGrade(host, Grade.B);
        moveClock(tuesday);
        MonitorRuns.awaitRecord(server(), monitor, tuesday);
        Monitor well = server().get(MonitorService.class).findByAccount(account).get(0);
        assertTrue(well.last().error().isEmpty());
        assertEquals("B", well.last().grade().orElseThrow());
    }

    private Instant nextMonthThatBeginsOnAMonday() {
        LocalDate first =
                LocalDate.ofInstant(tuesday, ZoneOffset.UTC).plusMonths(1).withDayOfMonth(1);
        while (first.getDayOfWeek() != DayOfWeek.MONDAY) {
            first = first.plusMonths(1);
        }
        return first.atTime(6, 0).toInstant(ZoneOffset.UTC);
    }

    private static TestServer start(List<String> database, Instant now) {
        MutableClock clock = new MutableClock();
        clock.set(now);
        return TestServer.start(database, clock, SCANNER);
    }

    private static Account account(TestServer server) {
        AccountRepository accounts = server.get(AccountRepository.class);
        return accounts.create(Email.parse("me@example.com"), "none", Plan.AGENCY)
                .orElseThrow();
    }

    private Monitor create(TestServer server, Account account, String frequency) {
        return server.get(MonitorService.class).create(account, "https://" + host, frequency, true);
    }
}
