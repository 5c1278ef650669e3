package dev.websentry.server.webhook;

import dev.websentry.server.error.ApiTimestamps;
import dev.websentry.server.scheduling.BackgroundTasks;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Adds messages to the webhooks of accounts. */
@Service
public class WebhookNotificationService {
    /** Names of the events. */
    static final String GRADE_DROPPED = "grade_fell";

    static final String CERTIFICATE_EXPIRES = "certificate_expires";

    private final WebhookRepository webhooks;
    private final WebhookDeliveryRepository messages;
    private final WebhookTask task;
    private final BackgroundTasks tasks;
    private final TransactionTemplate transactions;
    private final Clock clock;

    WebhookNotificationService(
            WebhookRepository webhooks,
            WebhookDeliveryRepository messages,
            WebhookTask task,
            BackgroundTasks tasks,
            TransactionTemplate transactions,
            Clock clock) {
        this.webhooks = webhooks;
        this.messages = messages;
        this.task = task;
        this.tasks = tasks;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Returns whether an account has a webhook. */
    public boolean isSet(String accountId) {
        return webhooks.findByAccount(accountId).isPresent();
    }

    /** Adds a message if the account has a webhook. Joins the transaction of the caller. */
    public void notifyGradeDropped(String accountId, GradeDropped drop) {
        add(accountId, drop.scanId(), payload(GRADE_DROPPED, drop));
    }

    /** Adds a message if the account has a webhook. Joins the transaction of the caller. */
    public void notifyCertificateExpires(String accountId, CertificateExpires end) {
        add(accountId, end.scanId(), payload(CERTIFICATE_EXPIRES, end));
    }

    private void add(String accountId, String scanId, String payload) {
        transactions.executeWithoutResult(status -> webhooks.findByAccount(accountId)
                .filter(webhook -> webhooks.lock(webhook.id()))
                .ifPresent(webhook -> {
                    messages.add(webhook.id(), scanId, payload);
                    tasks.scheduleAtLatest(task.instance(webhook.id()), clock.instant());
                }));
    }

    /** Returns a message in the format {@link WebhookFormat#JSON}. */
    String payload(String event, Object data) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode message =
                mapper.createObjectNode().put("event", event).put("created_at", ApiTimestamps.format(clock.instant()));
        message.set("data", mapper.valueToTree(data));
        return message.toString();
    }
}
