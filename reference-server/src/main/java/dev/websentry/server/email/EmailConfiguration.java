package dev.websentry.server.email;

import dev.websentry.server.scheduling.TaskGroup;
import dev.websentry.server.scheduling.TaskQueue;
import dev.websentry.server.settings.StartupFailureException;
import dev.websentry.server.settings.WebSentryProperties;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

/** Configures the sending of e-mails if the settings name a mail server. */
@Configuration(proxyBeanMethods = false)
class EmailConfiguration {
    private static final String TABLE = "email_task";
    private static final int THREADS = 3;

    /** Longer than an attempt to send an e-mail through a slow mail server, unless that stalls at several steps. */
    private static final Duration MAX_SHUTDOWN_WAIT = Duration.ofSeconds(30);

    /**
     * Checks the settings that belong together.
     *
     * @param server Spring's mail sender, which exists even if no mail server is set: the build decides which beans
     *     exist
     */
    @Bean
    EmailSender emailSender(
            JavaMailSender server, @Value("${spring.mail.host}") String host, WebSentryProperties settings) {
        String from = settings.mail().from();
        if (host.isEmpty()) {
            if (from != null) {
                throw incomplete("websentry.mail.from is set, but spring.mail.host is not");
            }
            return new EmailSender(Optional.empty());
        }
        if (from == null || settings.publicUrl() == null) {
            throw incomplete("spring.mail.host is set, but "
                    + (from == null ? "websentry.mail.from" : "websentry.public-url") + " is not");
        }
        return new EmailSender(Optional.of(new EmailSender.MailAccount(server, address(from))));
    }

    private static InternetAddress address(String from) {
        try {
            return new InternetAddress(from, true);
        } catch (AddressException e) {
            throw new StartupFailureException(
                    "websentry.mail.from is '" + from + "', which is not an e-mail address",
                    "Use an address such as noreply@example.com or WebSentry <noreply@example.com>.",
                    e);
        }
    }

    private static StartupFailureException incomplete(String message) {
        return new StartupFailureException(
                message,
                "To send e-mail, set spring.mail.host, websentry.mail.from and websentry.public-url; otherwise remove"
                        + " them.");
    }

    /** E-mails have threads of their own, so that a mail server that does not respond delays nothing else. */
    @Bean
    TaskGroup emailTaskGroup(EmailTask task) {
        return new TaskGroup(TABLE, THREADS, MAX_SHUTDOWN_WAIT, List.of(task.task()));
    }

    @Bean
    TaskQueue emailQueue(DataSource database, EmailTask task, Clock clock) {
        return new TaskQueue(database, TABLE, () -> List.of(task.task()), clock);
    }
}
