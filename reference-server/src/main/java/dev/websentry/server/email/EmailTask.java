package dev.websentry.server.email;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.token.SecureTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The task that sends one e-mail. Its data is the encrypted e-mail, because links in e-mails are secrets. The task is
 * removed as soon as the mail server has accepted the e-mail.
 */
@Component
class EmailTask {
    private static final Logger LOG = LoggerFactory.getLogger(EmailTask.class);

    /** The delays between attempts: about two days in total. */
    static final List<Duration> RETRY_DELAYS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(12),
            Duration.ofHours(24));

    private final EmailSender sender;
    private final SecretCipher cipher;
    private final Clock clock;
    private final OneTimeTask<String> task;

    EmailTask(EmailSender sender, SecretCipher cipher, Clock clock) {
        this.sender = sender;
        this.cipher = cipher;
        this.clock = clock;
        task = Tasks.oneTime("email", String.class)
                .onFailure(EmailTask::retry)
                .onDeadExecutionRevive()
                .execute((instance, context) -> send(instance.getId(), instance.getData()));
    }

    OneTimeTask<String> task() {
        return task;
    }

    TaskInstance<String> instance(EmailMessage message) {
        String data = cipher.encrypt(JsonMapper.shared().writeValueAsString(message));
        return task.instance(SecureTokens.newId(), data);
    }

    private void send(String id, String data) {
        EmailMessage message = JsonMapper.shared().readValue(cipher.decrypt(data), EmailMessage.class);
        sender.send(id, message, clock.instant());
        LOG.info("E-mail {} was sent", id);
    }

    private static void retry(ExecutionComplete failed, ExecutionOperations<String> operations) {
        String id = failed.getExecution().getId();
        Throwable cause = failed.getCause().orElse(null);
        int failures = failed.getExecution().consecutiveFailures;
        boolean last = failures >= RETRY_DELAYS.size();
        if (last || (cause != null && EmailSender.isPermanent(cause))) {
            LOG.error("E-mail {} was not sent and is discarded: {}", id, ForeignText.escape(cause));
            operations.remove();
            return;
        }
        Duration delay = RETRY_DELAYS.get(failures);
        LOG.warn("E-mail {} was not sent, next attempt in {}: {}", id, delay, ForeignText.escape(cause));
        operations.reschedule(failed, failed.getTimeDone().plus(delay));
    }
}
