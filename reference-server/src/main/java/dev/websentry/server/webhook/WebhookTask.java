package dev.websentry.server.webhook;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.websentry.server.webhook.WebhookDelivery.DeliveryAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The task that sends the due messages of one webhook, one after the other, so that a slow receiver delays no other
 * one. Each webhook with pending messages has one instance, which is scheduled for its next attempt.
 */
@Component
class WebhookTask {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookTask.class);
    private static final Duration RETRY_DELAY = Duration.ofMinutes(1);

    /** A webhook with more due messages lets others go first. */
    private static final int MAX_MESSAGES_PER_EXECUTION = 5;

    private final WebhookRepository webhooks;
    private final WebhookDeliveryRepository messages;
    private final WebhookSender sender;
    private final TransactionTemplate transactions;
    private final Task<Void> task;

    WebhookTask(
            WebhookRepository webhooks,
            WebhookDeliveryRepository messages,
            WebhookSender sender,
            TransactionTemplate transactions) {
        this.webhooks = webhooks;
        this.messages = messages;
        this.sender = sender;
        this.transactions = transactions;
        task = Tasks.custom("webhook", Void.class)
                .onFailure(WebhookTask::retry)
                .onDeadExecutionRevive()
                .execute(this::sendDue);
    }

    Task<Void> task() {
        return task;
    }

    /** Returns the instance that sends the messages of a webhook. */
    TaskInstance<Void> instance(String webhookId) {
        return task.instance(webhookId);
    }

    private CompletionHandler<Void> sendDue(TaskInstance<Void> task, ExecutionContext context) {
        for (int sent = 0; sent < MAX_MESSAGES_PER_EXECUTION; sent++) {
            Optional<WebhookDelivery> due = messages.findDue(task.getId());
            Optional<Webhook> webhook = webhooks.find(task.getId());
            if (due.isEmpty()
                    || webhook.isEmpty()
                    || context.getSchedulerState().isShuttingDown()) {
                break;
            }
            send(webhook.get(), due.get());
        }
        return this::scheduleNext;
    }

    private void send(Webhook webhook, WebhookDelivery delivery) {
        if (!messages.claim(delivery)) {
            return;
        }
        DeliveryAttempt attempt = sender.send(webhook, delivery.id(), delivery.payload());
        messages.recordAttempt(delivery, attempt);
        LOG.info(
                "Webhook message {}: attempt {} {}",
                delivery.id(),
                delivery.attempts() + 1,
                attempt.succeeded() ? "delivered" : "failed");
    }

    /** Schedules the next attempt. The lock on the webhook prevents that a message is added unnoticed meanwhile. */
    private void scheduleNext(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        transactions.executeWithoutResult(status -> {
            String webhook = complete.getExecution().getId();
            Optional<Instant> next = webhooks.lock(webhook) ? messages.findNextAttempt(webhook) : Optional.empty();
            next.ifPresentOrElse(time -> operations.reschedule(complete, time), operations::remove);
        });
    }

    /** Retries after an internal failure, such as that of the database. Failed deliveries are recorded instead. */
    private static void retry(ExecutionComplete failed, ExecutionOperations<Void> operations) {
        LOG.warn(
                "Sending the messages of webhook {} failed and is repeated in {} s",
                failed.getExecution().getId(),
                RETRY_DELAY.toSeconds(),
                failed.getCause().orElse(null));
        operations.reschedule(failed, failed.getTimeDone().plus(RETRY_DELAY));
    }
}
