package dev.websentry.server.testing;

import dev.websentry.server.monitor.ScriptedScanner;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The base class of tests of monitors, e-mails and webhook messages: a shared server with a mail server, scripted scans
 * and a clock that only moves forward. It may send webhook messages to loopback. Each test begins at noon of a later
 * Sunday, in a database without accounts. Tests use their own hosts and recipients, because the mail server keeps the
 * e-mails of all tests.
 */
public class EmailEndpointTest extends EndpointTest {
    protected static final ScriptedScanner SCANNER = new ScriptedScanner();
    protected static final TestMailServer MAIL = TestMailServer.start();

    private static final LocalDate FIRST_DAY = LocalDate.of(2030, 6, 1);
    private static final LocalTime NOON = LocalTime.of(12, 0);
    private static final Map<DatabaseVendor, TestServer> SERVERS = new EnumMap<>(DatabaseVendor.class);

    @Override
    protected TestServer server() {
        return SERVERS.computeIfAbsent(vendor, own -> {
            MutableClock clock = new MutableClock();
            clock.set(FIRST_DAY.atTime(NOON).toInstant(ZoneOffset.UTC));
            List<String> settings = new ArrayList<>(MAIL.settings(own.freshDatabase()));
            // Receivers of webhook messages.
            settings.add("--websentry.scan.allow=127.0.0.1/32");
            return TestServer.start(settings, clock, SCANNER);
        });
    }

    /** Moves the clock to noon of the next Sunday, because tests expect what happens on a Monday. */
    @BeforeEach
    void moveClockToTheNextSunday() {
        LocalDate next =
                LocalDate.ofInstant(clock().instant(), ZoneOffset.UTC).with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
        moveClock(next.atTime(NOON).toInstant(ZoneOffset.UTC));
    }

    /**
     * Moves the clock forward after the tasks of the current time are completed. A task that looked for due work before
     * the move and ended after it would not look again for a minute.
     */
    protected void moveClock(Instant time) {
        JdbcClient db = server().get(JdbcClient.class);
        Timestamp now = Timestamp.from(clock().instant());
        Await.until(
                "the scheduled tasks are completed",
                () -> Stream.of("scheduled_tasks", "background_task")
                        .allMatch(table -> db.sql("SELECT count(*) FROM " + table + " WHERE execution_time <= :now")
                                        .param("now", now)
                                        .query(Integer.class)
                                        .single()
                                == 0));
        clock().set(time);
    }

    /** Keeps the clock, because the scheduler would wait for the times that it has planned. */
    @AfterEach
    @Override
    protected void resetClock() {
        // The monitors of a test would be due again in the next one.
        server().get(JdbcClient.class).sql("DELETE FROM account").update();
        awaitEmptyQueue();
    }

    /** Returns the time at which the monitors of this test run first, if the test has not moved the clock. */
    protected Instant monday() {
        LocalDate today = LocalDate.ofInstant(clock().instant(), ZoneOffset.UTC);
        return today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).atTime(6, 0).toInstant(ZoneOffset.UTC);
    }

    /** Waits until all e-mails are sent. */
    protected void awaitEmptyQueue() {
        Await.until(
                "all e-mails are sent",
                () -> ServerDatabase.count(server().get(JdbcClient.class), "email_task WHERE task_name = 'email'")
                        == 0);
    }
}
