package dev.websentry.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorRepository;
import dev.websentry.server.monitor.MonitorScanRecorded;
import dev.websentry.server.monitor.MonitorService;
import dev.websentry.server.monitor.ScriptedScanner;
import dev.websentry.server.scan.MonitorScanRequest;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanService;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestMailServer;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Alerts and summaries of monitors, from the scan to the mailbox. 2030-06-03 is a Monday. */
class AlertEmailTest {
    private static final Instant SUNDAY_NOON = Instant.parse("2030-06-02T12:00:00Z");
    private static final Instant MONDAY = Instant.parse("2030-06-03T06:00:00Z");
    private static final String HOST = "shop.example.com";
    private static final String ADDRESS = "me@example.com";

    private final ScriptedScanner scanner = new ScriptedScanner();
    private final TestMailServer mail = TestMailServer.start();

    @AfterEach
    void stopMailServer() {
        mail.close();
    }

    @ParameterizedTest
    @EnumSource
    void droppedGradeIsSentOnceWithLinks(DatabaseVendor vendor) {
        try (TestServer server = start(vendor)) {
            Account account = verifiedAccount(server);
            Monitor monitor = create(server, account);
            scanner.setGrade(HOST, Grade.C);
            runAt(server, monitor, MONDAY);
            ReceivedEmail email = mail.await(ADDRESS, 1).get(0);
            assertEquals(HOST + " dropped from grade A to C", email.subject());
            String scan = current(server, monitor).last().scanId().orElseThrow();
            String first = monitor.last().scanId().orElseThrow();
            for (String link : List.of(
                    "http://sentry.example.com/scans/" + scan,
                    "http://sentry.example.com/history/compare?before=" + first + "&now=" + scan,
                    "http://sentry.example.com/account/email")) {
                assertTrue(email.text().contains(link + "\r\n"), email.text());
                assertTrue(email.html().contains("href=\"" + link.replace("&", "&amp;") + "\""), email.html());
            }
            assertTrue(email.text().contains("https://" + HOST + " is now C with"), email.text());
            // An equal or better grade causes no alert.
            runAt(server, monitor, MONDAY.plus(Duration.ofDays(1)));
            scanner.setGrade(HOST, Grade.A);
            runAt(server, monitor, MONDAY.plus(Duration.ofDays(2)));
            awaitEmptyQueue(server);
            assertEquals(
                    1,
                    mail.received().stream()
                            .filter(received -> received.subject().contains("dropped"))
                            .count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void certificateIsReportedOncePerThreshold(DatabaseVendor vendor) {
        try (TestServer server = start(vendor)) {
            Account account = verifiedAccount(server);
            Instant end = MONDAY.plus(Duration.ofDays(32));
            certificate(end, 398);
            // Paused, so that the scheduler does not scan as well.
            Monitor monitor = create(server, account);
            server.get(MonitorService.class).toggle(account, monitor.id());
            for (int day = 1; day <= 33; day++) {
                if (day == 33) {
                    scanner.setCertificate(HOST, "The certificate expired on " + end);
                }
                scanAt(server, monitor, MONDAY.plus(Duration.ofDays(day)).plusMillis(1));
            }
            awaitEmptyQueue(server);
            assertEquals(
                    List.of(
                            "The certificate of " + HOST + " expires in 13 days",
                            "The certificate of " + HOST + " expires in 2 days",
                            "The certificate of " + HOST + " expires in 29 days",
                            "The certificate of " + HOST + " has expired"),
                    certificateSubjects());
            // A renewed certificate is another one.
            certificate(MONDAY.plus(Duration.ofDays(44)), 90);
            scanAt(server, monitor, MONDAY.plus(Duration.ofDays(34)).plusMillis(1));
            awaitEmptyQueue(server);
            assertEquals(5, certificateSubjects().size());
            assertTrue(certificateSubjects().contains("The certificate of " + HOST + " expires in 9 days"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void summaryIsSentOncePerWeek(DatabaseVendor vendor) {
        try (TestServer server = start(vendor)) {
            Account account = verifiedAccount(server);
            certificate(Instant.parse("2030-12-01T00:00:00Z"), 398);
            Monitor monitor = create(server, account);
            WeeklySummary summary = server.get(WeeklySummary.class);
            summary.queueDue(MONDAY.plus(Duration.ofMinutes(59)));
            Instant seven = MONDAY.plus(Duration.ofHours(1));
            server.clock().set(seven);
            summary.queueDue(seven);
            summary.queueDue(seven);
            summary.queueDue(seven.plus(Duration.ofDays(6)));
            scanner.setGrade(HOST, Grade.B);
            Instant nextWeek = MONDAY.plus(Duration.ofDays(7));
            runAt(server, monitor, nextWeek);
            // The scheduler runs it at this time.
            server.clock().set(nextWeek.plus(Duration.ofHours(1)));
            Await.until("the second summary", () -> summaries().size() == 2);
            awaitEmptyQueue(server);
            assertEquals(2, summaries().size());
            ReceivedEmail first = summaries().get(0);
            assertEquals("Weekly summary of 1 monitored site", first.subject());
            assertTrue(first.text().contains("A  https://" + HOST), first.text());
            assertTrue(first.text().contains("Certificate valid until 2030-12-01 00:00 UTC"), first.text());
            ReceivedEmail second = summaries().get(1);
            assertTrue(second.text().contains("B  https://" + HOST), second.text());
            assertTrue(second.text().contains("Grade was A a week ago"), second.text());
            assertTrue(second.html().contains("Grade was A a week ago"), second.html());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSentWithoutAVerifiedAddressOrAgainstTheChoice(DatabaseVendor vendor) {
        try (TestServer server = start(vendor)) {
            Account account = account(server);
            Monitor monitor = create(server, account);
            EmailPreferenceRepository preferences = server.get(EmailPreferenceRepository.class);
            scanner.setGrade(HOST, Grade.B);
            runAt(server, monitor, MONDAY);
            preferences.markVerified(account.id(), "former@example.com");
            scanner.setGrade(HOST, Grade.C);
            runAt(server, monitor, MONDAY.plus(Duration.ofDays(1)));
            preferences.markVerified(account.id(), ADDRESS);
            assertTrue(preferences.set(account.id(), false, false));
            scanner.setGrade(HOST, Grade.D);
            runAt(server, monitor, MONDAY.plus(Duration.ofDays(2)));
            server.get(WeeklySummary.class).queueDue(MONDAY.plus(Duration.ofDays(30)));
            preferences.set(account.id(), true, true);
            scanner.setGrade(HOST, Grade.F);
            runAt(server, monitor, MONDAY.plus(Duration.ofDays(3)));
            mail.await(ADDRESS, 1);
            awaitEmptyQueue(server);
            assertEquals(
                    List.of(HOST + " dropped from grade D to F"),
                    mail.received().stream().map(ReceivedEmail::subject).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void mutedMonitorCausesNoAlert(DatabaseVendor vendor) {
        try (TestServer server = start(vendor)) {
            Account account = verifiedAccount(server);
            certificate(MONDAY.plus(Duration.ofDays(10)), 398);
            Monitor monitor = server.get(MonitorService.class).create(account, "https://" + HOST, "daily", false);
            scanner.setGrade(HOST, Grade.B);
            runAt(server, monitor, MONDAY);
            server.get(MonitorService.class).setEmailAlerts(account, monitor.id(), true);
            scanner.setGrade(HOST, Grade.C);
            runAt(server, monitor, MONDAY.plus(Duration.ofDays(1)));
            awaitEmptyQueue(server);
            assertEquals(
                    List.of("The certificate of " + HOST + " expires in 8 days", HOST + " dropped from grade B to C"),
                    mail.received().stream()
                            .map(ReceivedEmail::subject)
                            .filter(subject -> !subject.startsWith("Weekly"))
                            .sorted()
                            .toList());
        }
    }

    private TestServer start(DatabaseVendor vendor) {
        MutableClock clock = new MutableClock();
        clock.set(SUNDAY_NOON);
        return TestServer.start(mail.settings(vendor.freshDatabase()), clock, scanner);
    }

    private static Account account(TestServer server) {
        AccountRepository accounts = server.get(AccountRepository.class);
        Account made = accounts.create(Email.parse(ADDRESS), "none", Plan.FREE).orElseThrow();
        accounts.setPlan(made.id(), Plan.AGENCY);
        return accounts.find(made.id()).orElseThrow();
    }

    private static Account verifiedAccount(TestServer server) {
        Account account = account(server);
        server.get(EmailPreferenceRepository.class).markVerified(account.id(), ADDRESS);
        return account;
    }

    private static Monitor create(TestServer server, Account account) {
        return server.get(MonitorService.class).create(account, "https://" + HOST, "daily", true);
    }

    private static Monitor current(TestServer server, Monitor monitor) {
        return server.get(MonitorRepository.class)
                .find(monitor.accountId(), monitor.id())
                .orElseThrow();
    }

    private static void runAt(TestServer server, Monitor monitor, Instant time) {
        server.clock().set(time);
        Instant due = monitor.frequency().previousOrSameTrigger(time);
        Await.until(
                "the scan of " + due,
                () -> current(server, monitor).last().runAt().equals(Optional.of(due)));
    }

    /** Scans and records the scan like the scheduler, but without waiting for it. */
    private static void scanAt(TestServer server, Monitor monitor, Instant time) {
        server.clock().set(time);
        Scan scan = server.get(ScanService.class)
                .scan(new MonitorScanRequest(monitor.accountId(), monitor.id(), monitor.url(), Optional.of(time)));
        server.get(TransactionTemplate.class)
                .executeWithoutResult(status ->
                        server.context().publishEvent(new MonitorScanRecorded(monitor, Optional.empty(), scan)));
    }

    private void certificate(Instant end, int lifetimeDays) {
        scanner.setCertificate(HOST, "some days of " + lifetimeDays + " days remain, until " + end);
    }

    /** Returns the subjects in the order of the alphabet, because e-mails are sent concurrently. */
    private List<String> certificateSubjects() {
        return mail.received().stream()
                .map(ReceivedEmail::subject)
                .filter(subject -> subject.startsWith("The certificate"))
                .sorted()
                .toList();
    }

    private List<ReceivedEmail> summaries() {
        return mail.received().stream()
                .filter(email -> email.subject().startsWith("Weekly"))
                .toList();
    }

    private static void awaitEmptyQueue(TestServer server) {
        Await.until(
                "all e-mails are sent",
                () -> ServerDatabase.count(server.get(JdbcClient.class), "email_task WHERE task_name = 'email'") == 0);
        assertFalse(server.context().isClosed());
    }
}
