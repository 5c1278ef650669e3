package dev.websentry.server.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.EmailEndpointTest;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.token.SecureTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** E-mails through a real SMTP server on loopback. */
class EmailDeliveryTest extends EmailEndpointTest {
    private final String address = "me-" + SecureTokens.randomHex(6) + "@example.com";

    @AfterEach
    void restartMailServer() {
        MAIL.restart();
    }

    @Test
    void emailIsSentWithBothBodiesOnceItsTransactionIsCommitted() {
        EmailService service = server().get(EmailService.class);
        assertTrue(service.enabled());
        TransactionTemplate transactions = server().get(TransactionTemplate.class);
        transactions.executeWithoutResult(status -> {
            service.send(message("rolled back"));
            status.setRollbackOnly();
        });
        transactions.executeWithoutResult(status -> service.send(message("Prüfung \u2713")));
        ReceivedEmail email = MAIL.await(address, 1).get(0);
        assertEquals("Prüfung \u2713", email.subject());
        assertEquals("WebSentry <noreply@example.com>", email.from());
        assertEquals("Grüße\r\n", email.text());
        assertEquals("<p>Grüße</p>", email.html());
        assertTrue(email.raw().contains("Auto-Submitted: auto-generated"), email.raw());
        assertTrue(email.id().matches("<[0-9a-f]{32}@example\\.com>"), email.id());
        awaitEmptyQueue();
        assertEquals(1, MAIL.receivedBy(address).size());
    }

    /** The mail server is down for an hour of the server's clock, while e-mails are sent. */
    @Test
    void allEmailsArriveOnceAfterAnOutageOfTheMailServer() {
        int count = 30;
        MAIL.stop();
        IntStream.range(0, count).forEach(i -> server().get(EmailService.class).send(message("message " + i)));
        for (Duration delay : EmailTask.RETRY_DELAYS.subList(0, 4)) {
            awaitFailures(count, EmailTask.RETRY_DELAYS.indexOf(delay) + 1);
            server().clock().advance(delay.plusSeconds(1));
        }
        awaitFailures(count, 5);
        MAIL.restart();
        server().clock().advance(EmailTask.RETRY_DELAYS.get(4));
        awaitEmptyQueue();
        List<String> subjects =
                MAIL.receivedBy(address).stream().map(ReceivedEmail::subject).toList();
        assertEquals(count, subjects.size());
        Set<String> expected =
                IntStream.range(0, count).mapToObj(i -> "message " + i).collect(Collectors.toSet());
        assertEquals(expected, new HashSet<>(subjects));
    }

    @Test
    void emailIsDiscardedAfterTheLastAttempt() {
        MAIL.stop();
        server().get(EmailService.class).send(message("lost"));
        for (int failures = 1; failures <= EmailTask.RETRY_DELAYS.size(); failures++) {
            awaitFailures(1, failures);
            server().clock().advance(EmailTask.RETRY_DELAYS.get(failures - 1));
        }
        awaitEmptyQueue();
    }

    @Test
    void queuedEmailIsEncryptedInTheDatabase() {
        MAIL.stop();
        server().get(EmailService.class).send(message("secret subject"));
        String data = new String(
                server().get(JdbcClient.class)
                        .sql("SELECT task_data FROM email_task WHERE task_name = 'email'")
                        .query(byte[].class)
                        .single(),
                StandardCharsets.UTF_8);
        assertTrue(data.startsWith("v1."), data);
        assertFalse(data.contains("secret"), data);
        awaitFailures(1, 1);
        MAIL.restart();
        server().clock().advance(EmailTask.RETRY_DELAYS.get(0));
    }

    @Test
    void withoutAMailServerEmailIsNotEnabled() {
        EmailService service = TestServer.shared(vendor).get(EmailService.class);
        assertFalse(service.enabled());
        assertThrows(IllegalStateException.class, () -> service.send(message("x")));
    }

    private EmailMessage message(String subject) {
        return new EmailMessage(address, subject, "Grüße\r\n", "<p>Grüße</p>");
    }

    private void awaitFailures(int count, int failures) {
        String waiting = "email_task WHERE task_name = 'email' AND picked = "
                + (vendor == DatabaseVendor.SQLITE ? "0" : "false") + " AND consecutive_failures = " + failures;
        Await.until(
                count + " e-mails failed " + failures + " times",
                () -> ServerDatabase.count(server().get(JdbcClient.class), waiting) == count);
    }
}
