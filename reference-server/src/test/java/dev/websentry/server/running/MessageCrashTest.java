package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.email.EmailMessage;
import dev.websentry.server.email.EmailService;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ForkedTestServer;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestMailServer;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.WebhookEvents;
import dev.websentry.server.webhook.WebhookNotificationService;
import dev.websentry.server.webhook.WebhookService;
import dev.websentry.testsite.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Kills the server (SIGKILL) several times while e-mails and webhook messages are due. All of them must arrive, and only
 * those that were being sent at the moment of a kill may arrive twice, with the same id. With
 * {@code -Dcrash-rounds=N} there are N more kills per database.
 */
@Tag("endurance")
class MessageCrashTest {
    private static final Instant NOW = Instant.parse("2030-06-03T12:00:00Z");
    private static final int MORE_KILLS = Integer.getInteger("crash-rounds", 0);
    private static final int EMAILS = 40 + 8 * MORE_KILLS;
    private static final int ACCOUNTS = 5;
    private static final int MESSAGES_PER_ACCOUNT = 8 + 2 * MORE_KILLS;
    private static final int MESSAGES = ACCOUNTS * MESSAGES_PER_ACCOUNT;

    /** The number of e-mails that a node sends at the same time. */
    private static final int CONCURRENT_EMAILS = 3;

    private final TestMailServer mail = TestMailServer.start();
    private final Queue<String> delivered = new ConcurrentLinkedQueue<>();
    private volatile boolean accepting;
    private int allowed;
    private final TestSite receiver = TestSite.http(this::answer);

    @AfterEach
    void stop() {
        mail.close();
        receiver.close();
    }

    private MockResponse answer(RecordedRequest request) {
        if (!accepting) {
            return new MockResponse.Builder().code(503).build();
        }
        awaitPermission();
        delivered.add(request.getHeaders().get("WebSentry-Delivery"));
        return new MockResponse.Builder().code(204).build();
    }

    /** Blocks a request, because all messages could be delivered on a fast machine before the server is killed. */
    private synchronized void awaitPermission() {
        try {
            while (delivered.size() >= allowed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void allow(int messages) {
        allowed = messages;
        notifyAll();
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, 3", "POSTGRESQL, 2"})
    void everyMessageArrives(DatabaseVendor vendor, int fewestKills) throws Exception {
        int kills = fewestKills + MORE_KILLS;
        List<String> settings = new ArrayList<>(mail.settings(vendor.freshDatabase()));
        settings.addAll(List.of(
                // Two minutes without a heartbeat are a dead node, but a busy machine may stop one for seconds.
                "--websentry.monitors.heartbeat=30s", "--websentry.scan.allow=127.0.0.1/32"));
        queueMessages(settings);
        for (int kill = 0; kill < kills; kill++) {
            // Later than the first retries, and than the heartbeats of the process before.
            try (ForkedTestServer server =
                    ForkedTestServer.start(settings, NOW.plus(Duration.ofMinutes(10L * (kill + 1))))) {
                int emails = mail.received().size() + 5;
                int messages = delivered.size() + 3;
                mail.allow(emails);
                allow(messages);
                Await.until(
                        "more messages are sent",
                        () -> mail.received().size() >= emails && delivered.size() >= messages);
                server.kill();
                assertEquals(128 + 9, server.exitCode(Duration.ofSeconds(90)), server::output);
            }
        }
        // The server was killed while there was more to send.
        assertTrue(mail.received().size() < EMAILS && delivered.size() < MESSAGES);
        mail.allow(Integer.MAX_VALUE);
        allow(Integer.MAX_VALUE);
        MutableClock clock = new MutableClock();
        clock.set(NOW.plus(Duration.ofMinutes(180 + 10L * kills)));
        try (TestServer server = TestServer.start(settings, clock)) {
            JdbcClient db = server.get(JdbcClient.class);
            Await.until(
                    "everything is sent",
                    () -> ServerDatabase.count(db, "background_task WHERE task_name = 'webhook'") == 0
                            && ServerDatabase.count(db, "email_task") == 0);
            assertEquals(MESSAGES, ServerDatabase.count(db, "webhook_delivery WHERE state = 'delivered'"));
            assertArrivals(db);
        }
        assertEquals(MESSAGES, delivered.stream().distinct().count());
        assertEmails(kills);
    }

    /**
     * A message arrives at most once per counted attempt. The number of attempts is not bounded by that of the kills,
     * because on a busy machine a blocked message times out and is sent again.
     */
    private void assertArrivals(JdbcClient db) {
        Map<String, Long> arrivals = delivered.stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        db.sql("SELECT id, attempts FROM webhook_delivery").query(row -> {
            long arrived = arrivals.getOrDefault(row.getString("id"), 0L);
            assertTrue(arrived >= 1 && arrived <= row.getInt("attempts"), arrived + " of " + row.getInt("attempts"));
        });
    }

    private void assertEmails(int kills) {
        Map<String, List<ReceivedEmail>> bySubject =
                mail.received().stream().collect(Collectors.groupingBy(ReceivedEmail::subject));
        assertEquals(
                IntStream.range(0, EMAILS).mapToObj(i -> "message " + i).collect(Collectors.toSet()),
                bySubject.keySet());
        assertTrue(
                mail.received().size() <= EMAILS + kills * CONCURRENT_EMAILS,
                mail.received().size() + " e-mails");
        for (List<ReceivedEmail> copies : bySubject.values()) {
            assertEquals(1, copies.stream().map(ReceivedEmail::id).distinct().count());
        }
    }

    /** Adds all messages while nobody accepts them, so that the first attempts fail. */
    private void queueMessages(List<String> settings) {
        mail.stop();
        MutableClock clock = new MutableClock();
        clock.set(NOW);
        try (TestServer server = TestServer.start(settings, clock)) {
            for (int i = 0; i < EMAILS; i++) {
                server.get(EmailService.class)
                        .send(new EmailMessage("me@example.com", "message " + i, "text", "<p>text</p>"));
            }
            for (int number = 0; number < ACCOUNTS; number++) {
                Account account = account(server, number);
                server.get(WebhookService.class).set(account, "http://127.0.0.1:" + receiver.port() + "/", "json");
                for (int i = 0; i < MESSAGES_PER_ACCOUNT; i++) {
                    server.get(WebhookNotificationService.class)
                            .notifyGradeDropped(account.id(), WebhookEvents.gradeDropped("s" + i));
                }
            }
        }
        mail.restart();
        accepting = true;
    }

    private static Account account(TestServer server, int number) {
        AccountRepository accounts = server.get(AccountRepository.class);
        return accounts.create(Email.parse("user" + number + "@example.com"), "none", Plan.PRO)
                .orElseThrow();
    }
}
