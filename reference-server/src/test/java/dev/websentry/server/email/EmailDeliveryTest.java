package dev.websentry.server.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.settings.StartupFailureException;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestMailServer;
import dev.websentry.server.testing.TestMailServer.ReceivedEmail;
import dev.websentry.server.testing.TestServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** E-mails through a real SMTP server on loopback. */
class EmailDeliveryTest {
    private static final String ADDRESS = "me@example.com";

    @ParameterizedTest
    @EnumSource
    void emailIsSentWithBothBodiesOnceItsTransactionIsCommitted(DatabaseVendor vendor) {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = TestServer.start(mail.settings(vendor.freshDatabase()))) {
            EmailService service = server.get(EmailService.class);
            assertTrue(service.enabled());
            TransactionTemplate transactions = server.get(TransactionTemplate.class);
            transactions.executeWithoutResult(status -> {
                service.send(message("rolled back"));
                status.setRollbackOnly();
            });
            transactions.executeWithoutResult(status -> service.send(message("Prüfung \u2713")));
            ReceivedEmail email = mail.await(ADDRESS, 1).get(0);
            assertEquals("Prüfung \u2713", email.subject());
            assertEquals("WebSentry <noreply@example.com>", email.from());
            assertEquals("Grüße\r\n", email.text());
            assertEquals("<p>Grüße</p>", email.html());
            assertTrue(email.raw().contains("Auto-Submitted: auto-generated"), email.raw());
            assertTrue(email.id().matches("<[0-9a-f]{32}@example\\.com>"), email.id());
            awaitEmptyQueue(server);
            assertEquals(1, mail.received().size());
        }
    }

    /** The mail server is down for an hour of the server's clock, while e-mails are sent. */
    @ParameterizedTest
    @EnumSource
    void allEmailsArriveOnceAfterAnOutageOfTheMailServer(DatabaseVendor vendor) {
        int count = 30;
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = TestServer.start(mail.settings(vendor.freshDatabase()))) {
            mail.stop();
            IntStream.range(0, count)
                    .forEach(i -> server.get(EmailService.class).send(message("message " + i)));
            for (Duration delay : EmailTask.RETRY_DELAYS.subList(0, 4)) {
                awaitFailures(server, count, EmailTask.RETRY_DELAYS.indexOf(delay) + 1);
                server.clock().advance(delay.plusSeconds(1));
            }
            awaitFailures(server, count, 5);
            mail.restart();
            server.clock().advance(EmailTask.RETRY_DELAYS.get(4));
            awaitEmptyQueue(server);
            List<String> subjects =
                    mail.received().stream().map(ReceivedEmail::subject).toList();
            assertEquals(count, subjects.size());
            Set<String> expected =
                    IntStream.range(0, count).mapToObj(i -> "message " + i).collect(Collectors.toSet());
            assertEquals(expected, new HashSet<>(subjects));
        }
    }

    @Test
    void emailIsDiscardedAfterTheLastAttempt() {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = TestServer.start(mail.settings(DatabaseVendor.SQLITE.freshDatabase()))) {
            mail.stop();
            server.get(EmailService.class).send(message("lost"));
            for (int failures = 1; failures <= EmailTask.RETRY_DELAYS.size(); failures++) {
                awaitFailures(server, 1, failures);
                server.clock().advance(EmailTask.RETRY_DELAYS.get(failures - 1));
            }
            awaitEmptyQueue(server);
        }
    }

    @Test
    void queuedEmailIsEncryptedInTheDatabase() {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server = TestServer.start(mail.settings(DatabaseVendor.SQLITE.freshDatabase()))) {
            mail.stop();
            server.get(EmailService.class).send(message("secret subject"));
            String data = new String(
                    server.get(JdbcClient.class)
                            .sql("SELECT task_data FROM email_task WHERE task_name = 'email'")
                            .query(byte[].class)
                            .single(),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(data.startsWith("v1."), data);
            assertFalse(data.contains("secret"), data);
        }
    }

    @Test
    void withoutAMailServerEmailIsNotEnabled() {
        try (TestServer server = TestServer.start(DatabaseVendor.SQLITE.freshDatabase())) {
            assertFalse(server.get(EmailService.class).enabled());
            assertThrows(
                    IllegalStateException.class,
                    () -> server.get(EmailService.class).send(message("x")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--spring.mail.host=127.0.0.1 --websentry.public-url=https://a.example"
                        + "|spring.mail.host is set, but websentry.mail.from is not",
                "--spring.mail.host=127.0.0.1 --websentry.mail.from=a@example.com"
                        + "|spring.mail.host is set, but websentry.public-url is not",
                "--websentry.mail.from=a@example.com|websentry.mail.from is set, but spring.mail.host is not",
                "--spring.mail.host=127.0.0.1 --websentry.mail.from=nobody --websentry.public-url=https://a.example"
                        + "|websentry.mail.from is 'nobody', which is not an e-mail address"
            })
    void incompleteSettingsPreventTheStart(String settings, String message) {
        List<String> all = Stream.concat(DatabaseVendor.SQLITE.freshDatabase().stream(), Stream.of(settings.split(" ")))
                .toList();
        Throwable failure =
                assertThrows(Exception.class, () -> TestServer.start(all).close());
        while (!(failure instanceof StartupFailureException) && failure.getCause() != null) {
            failure = failure.getCause();
        }
        assertEquals(message, failure.getMessage());
    }

    private static EmailMessage message(String subject) {
        return new EmailMessage(ADDRESS, subject, "Grüße\r\n", "<p>Grüße</p>");
    }

    private static void awaitFailures(TestServer server, int count, int failures) {
        Await.until(
                count + " e-mails failed " + failures + " times",
                () -> ServerDatabase.count(
                                server.get(JdbcClient.class),
                                "email_task WHERE task_name = 'email' AND picked = "
                                        + (server.context().getEnvironment().getProperty("websentry.db.url") == null
                                                ? "0"
                                                : "false")
                                        + " AND consecutive_failures = " + failures)
                        == count);
    }

    private static void awaitEmptyQueue(TestServer server) {
        Await.until(
                "the queue is empty",
                () -> ServerDatabase.count(server.get(JdbcClient.class), "email_task WHERE task_name = 'email'") == 0);
    }
}
