package dev.websentry.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.email.EmailPreferenceRepository;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorRepository;
import dev.websentry.server.monitor.MonitorRuns;
import dev.websentry.server.monitor.MonitorService;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.EmailEndpointTest;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.token.SecureTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts and summaries of monitors, from the scan to the mailbox. */
class AlertEmailTest extends EmailEndpointTest {
    private final String host = "shop-" + SecureTokens.randomHex(6) + ".example.com";
    private final String address = "me-" + SecureTokens.randomHex(6) + "@example.com";
    private Instant monday;

    @BeforeEach
    void rememberMonday() {
        monday = monday();
    }

    @Test
    void droppedGradeIsSentOnceWithLinks() {
        Account account = verifiedAccount();
        Monitor monitor = create(account);
        SCANNER.setGrade(host, Grade.C);
        runAt(monitor, monday);
        ReceivedEmail email = MAIL.await(address, 1).get(0);
        assertEquals(host + " dropped from grade A to C", email.subject());
        String scan = current(monitor).last().scanId().orElseThrow();
        String first = monitor.last().scanId().orElseThrow();
        for (String link : List.of(
                "http://sentry.example.com/scans/" + scan,
                "http://sentry.example.com/history/compare?before=" + first + "&now=" + scan,
                "http://sentry.example.com/account/email")) {
            assertTrue(email.text().contains(link + "\r\n"), email.text());
            assertTrue(email.html().contains("href=\"" + link.replace("&", "&amp;") + "\""), email.html());
        }
        assertTrue(email.text().contains("https://" + host + " is now C with"), email.text());
        // An equal or better grade causes no alert.
        runAt(monitor, monday.plus(Duration.ofDays(1)));
        SCANNER.setGrade(host, Grade.A);
        runAt(monitor, monday.plus(Duration.ofDays(2)));
        awaitEmptyQueue();
        assertEquals(
                1,
                received().stream()
                        .filter(received -> received.subject().contains("dropped"))
                        .count());
    }

    @Test
    void certificateIsReportedOncePerThreshold() {
        Account account = verifiedAccount();
        Instant end = monday.plus(Duration.ofDays(32));
        certificate(end, 398);
        // Paused, so that the scheduler does not scan as well.
        Monitor monitor = create(account);
        server().get(MonitorService.class).toggle(account, monitor.id());
        for (int day = 1; day <= 33; day++) {
            if (day == 33) {
                SCANNER.setCertificate(host, "The certificate expired on " + end);
            }
            MonitorRuns.scanAt(
                    server(), monitor, monday.plus(Duration.ofDays(day)).plusMillis(1));
        }
        awaitEmptyQueue();
        assertEquals(
                List.of(
                        "The certificate of " + host + " expires in 13 days",
                        "The certificate of " + host + " expires in 2 days",
                        "The certificate of " + host + " expires in 29 days",
                        "The certificate of " + host + " has expired"),
                certificateSubjects());
        // A renewed certificate is another one.
        certificate(monday.plus(Duration.ofDays(44)), 90);
        MonitorRuns.scanAt(server(), monitor, monday.plus(Duration.ofDays(34)).plusMillis(1));
        awaitEmptyQueue();
        assertEquals(5, certificateSubjects().size());
        assertTrue(certificateSubjects().contains("The certificate of " + host + " expires in 9 days"));
    }

    @Test
    void summaryIsSentOncePerWeek() {
        Account account = verifiedAccount();
        Instant end = monday.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(181));
        certificate(end, 398);
        Monitor monitor = create(account);
        WeeklySummary summary = server().get(WeeklySummary.class);
        summary.queueDue(monday.plus(Duration.ofMinutes(59)));
        Instant seven = monday.plus(Duration.ofHours(1));
        moveClock(seven);
        summary.queueDue(seven);
        summary.queueDue(seven);
        summary.queueDue(seven.plus(Duration.ofDays(6)));
        SCANNER.setGrade(host, Grade.B);
        Instant nextWeek = monday.plus(Duration.ofDays(7));
        runAt(monitor, nextWeek);
        // The scheduler runs it at this time.
        moveClock(nextWeek.plus(Duration.ofHours(1)));
        Await.until("the second summary", () -> summaries().size() == 2);
        awaitEmptyQueue();
        assertEquals(2, summaries().size());
        ReceivedEmail first = summaries().get(0);
        assertEquals("Weekly summary of 1 monitored site", first.subject());
        assertTrue(first.text().contains("A  https://" + host), first.text());
        String day = end.toString().substring(0, 10);
        assertTrue(first.text().contains("Certificate valid until " + day + " 00:00 UTC"), first.text());
        ReceivedEmail second = summaries().get(1);
        assertTrue(second.text().contains("B  https://" + host), second.text());
        assertTrue(second.text().contains("Grade was A a week ago"), second.text());
        assertTrue(second.html().contains("Grade was A a week ago"), second.html());
    }

    @Test
    void nothingIsSentWithoutAVerifiedAddressOrAgainstTheChoice() {
        Account account = newAccount();
        Monitor monitor = create(account);
        EmailPreferenceRepository preferences = server().get(EmailPreferenceRepository.class);
        SCANNER.setGrade(host, Grade.B);
        runAt(monitor, monday);
        preferences.markVerified(account.id(), "former@example.com");
        SCANNER.setGrade(host, Grade.C);
        runAt(monitor, monday.plus(Duration.ofDays(1)));
        preferences.markVerified(account.id(), address);
        assertTrue(preferences.set(account.id(), false, false));
        SCANNER.setGrade(host, Grade.D);
        runAt(monitor, monday.plus(Duration.ofDays(2)));
        server().get(WeeklySummary.class).queueDue(monday.plus(Duration.ofDays(30)));
        preferences.set(account.id(), true, true);
        SCANNER.setGrade(host, Grade.F);
        runAt(monitor, monday.plus(Duration.ofDays(3)));
        MAIL.await(address, 1);
        awaitEmptyQueue();
        assertEquals(
                List.of(host + " dropped from grade D to F"),
                received().stream().map(ReceivedEmail::subject).toList());
    }

    @Test
    void mutedMonitorCausesNoAlert() {
        Account account = verifiedAccount();
        certificate(monday.plus(Duration.ofDays(10)), 398);
        Monitor monitor = server().get(MonitorService.class).create(account, "https://" + host, "daily", false);
        SCANNER.setGrade(host, Grade.B);
        runAt(monitor, monday);
        server().get(MonitorService.class).setEmailAlerts(account, monitor.id(), true);
        SCANNER.setGrade(host, Grade.C);
        runAt(monitor, monday.plus(Duration.ofDays(1)));
        awaitEmptyQueue();
        assertEquals(
                List.of("The certificate of " + host + " expires in 8 days", host + " dropped from grade B to C"),
                received().stream()
                        .map(ReceivedEmail::subject)
                        .filter(subject -> !subject.startsWith("Weekly"))
                        .sorted()
                        .toList());
    }

    private Account newAccount() {
        AccountRepository accounts = server().get(AccountRepository.class);
        return accounts.create(Email.parse(address), "none", Plan.AGENCY).orElseThrow();
    }

    private Account verifiedAccount() {
        Account account = newAccount();
        server().get(EmailPreferenceRepository.class).markVerified(account.id(), address);
        return account;
    }

    private Monitor create(Account account) {
        return server().get(MonitorService.class).create(account, "https://" + host, "daily", true);
    }

    private Monitor current(Monitor monitor) {
        return server().get(MonitorRepository.class)
                .find(monitor.accountId(), monitor.id())
                .orElseThrow();
    }

    private void runAt(Monitor monitor, Instant time) {
        moveClock(time);
        MonitorRuns.awaitRecord(server(), monitor, monitor.frequency().previousOrSameTrigger(time));
    }

    private void certificate(Instant end, int lifetimeDays) {
        SCANNER.setCertificate(host, "some days of " + lifetimeDays + " days remain, until " + end);
    }

    /** Returns the subjects in the order of the alphabet, because e-mails are sent concurrently. */
    private List<String> certificateSubjects() {
        return received().stream()
                .map(ReceivedEmail::subject)
                .filter(subject -> subject.startsWith("The certificate"))
                .sorted()
                .toList();
    }

    /** Returns the e-mails about the site of this test, to any recipient. */
    private List<ReceivedEmail> received() {
        return MAIL.received().stream()
                .filter(email -> email.text().contains(host))
                .toList();
    }

    private List<ReceivedEmail> summaries() {
        return received().stream()
                .filter(email -> email.subject().startsWith("Weekly"))
                .toList();
    }
}
