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
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.testing.WebhookEvents;
import dev.websentry.server.webhook.WebhookNotificationService;
import dev.websentry.server.webhook.WebhookService;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.tls.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mail server accepts connections and does not respond. */
class HangingMailServerTest {
    private static final int EMAILS = 30;

    private final ScriptedServer mail = ScriptedServer.silent();

    @AfterEach
    void stopMailServer() {
        mail.close();
    }

    @ParameterizedTest
    @EnumSource
    void webhookMessagesArriveWhileEmailsHang(DatabaseVendor vendor) {
        try (TestSite receiver = TestSite.http(
                        request -> new MockResponse.Builder().code(204).build());
                TestServer server = TestServer.start(settings(vendor))) {
            JdbcClient db = server.get(JdbcClient.class);
            for (int i = 0; i < EMAILS; i++) {
                server.get(EmailService.class)
                        .send(new EmailMessage("me@example.com", "message " + i, "text", "<p>text</p>"));
            }
            Await.until("e-mails hang", () -> mail.openConnectionCount() >= 3);
            Account account = server.get(AccountRepository.class)
                    .create(Email.parse("me@example.com"), "none", Plan.PRO)
                    .orElseThrow();
            server.get(WebhookService.class).set(account, "http://127.0.0.1:" + receiver.port() + "/", "json");
            for (int i = 0; i < 10; i++) {
                notifyGradeDropped(server, account);
                int sent = i + 1;
                Await.until("message " + sent + " arrives", () -> receiver.requestCount() == sent);
            }
            assertEquals(EMAILS, ServerDatabase.count(db, "email_task"), "no e-mail was sent or has timed out");
            assertTrue(mail.openConnectionCount() > 0, "e-mails still hang");
            // Ends the attempts, because the server waits for them when it stops.
            mail.close();
        }
    }

    private List<String> settings(DatabaseVendor vendor) {
        List<String> settings = new ArrayList<>(vendor.freshDatabase());
        settings.addAll(List.of(
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.port(),
                "--spring.mail.properties.mail.smtp.timeout=600000",
                "--websentry.mail.from=noreply@example.com",
                "--websentry.public-url=http://sentry.example.com",
                "--websentry.scan.allow=127.0.0.1/32"));
        return settings;
    }

    private static void notifyGradeDropped(TestServer server, Account account) {
        server.get(WebhookNotificationService.class).notifyGradeDropped(account.id(), WebhookEvents.gradeDropped("s"));
    }
}
