package dev.websentry.server.webhook;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Plan;
import dev.websentry.server.database.ForeignKeyViolations;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ApiTimestamps;
import dev.websentry.server.quota.UsageCounterRepository;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import dev.websentry.server.settings.WebSentryProperties;
import dev.websentry.server.token.SecureTokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sets, tests and deletes the webhook of an account, and queues messages for it. */
@Service
public class WebhookService {
    private static final int MAX_TESTS_PER_HOUR = 20;
    private static final int MAX_SHOWN = 10;

    private final WebhookRepository store;
    private final WebhookDeliveryRepository messages;
    private final WebhookDispatcher deliveries;
    private final UsageCounterRepository counters;
    private final WebSentryProperties settings;
    private final Clock clock;

    WebhookService(
            WebhookRepository store,
            WebhookDeliveryRepository messages,
            WebhookDispatcher deliveries,
            UsageCounterRepository counters,
            WebSentryProperties settings,
            Clock clock) {
        this.store = store;
        this.messages = messages;
        this.deliveries = deliveries;
        this.counters = counters;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns the webhook of an account with its latest messages; empty if none is set. */
    public Optional<WebhookView> find(Account account) {
        return store.findByAccount(account.id())
                .map(webhook -> WebhookView.of(
                        webhook.url(), webhook.createdAt(), messages.findLatest(webhook.id(), MAX_SHOWN)));
    }

    /**
     * Sets the webhook of an account.
     *
     * @return the new secret, which cannot be read again
     * @throws ApiException 400 if the URL is invalid, 401 if the account was deleted, 403 if the plan has no monitors
     */
    public String set(Account account, String url) {
        requirePlan(account.plan());
        URI address =
                new SetWebhookRequest(url).parseUrl(!settings.scan().allow().isEmpty());
        try {
            return store.set(account.id(), address);
        } catch (DataAccessException e) {
            throw ForeignKeyViolations.isForeignKeyViolation(e) ? ApiException.accountDeleted() : e;
        }
    }

    /**
     * Deletes the webhook of an account with its pending messages.
     *
     * @throws ApiException 404 if no webhook is set
     */
    public void delete(Account account) {
        if (!store.delete(account.id())) {
            throw notSet();
        }
    }

    /**
     * Sends a test message at once, without retries, and waits for the result.
     *
     * @throws ApiException 403 if the plan has no monitors, 404 if no webhook is set, 429 if there were too many tests
     */
    public WebhookView.WebhookDeliveryView sendTest(Account account) {
        requirePlan(account.plan());
        Webhook webhook = store.findByAccount(account.id()).orElseThrow(WebhookService::notSet);
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        Instant next = hour.plus(Duration.ofHours(1));
        if (!counters.tryIncrement(
                new UsageCounterKey("webhook-test:" + account.id(), hour.toString()), MAX_TESTS_PER_HOUR, next)) {
            throw ApiException.rateLimited(
                    "Rate limit exceeded. At most " + MAX_TESTS_PER_HOUR + " test messages can be sent per hour.",
                    Duration.between(clock.instant(), next));
        }
        String id = SecureTokens.newId();
        String payload = payload("test", Map.of());
        // Outside of a transaction, because a receiver may respond slowly.
        WebhookDelivery.DeliveryAttempt attempt = deliveries.attemptDelivery(webhook, id, payload);
        try {
            return WebhookView.WebhookDeliveryView.of(messages.addCompleted(id, webhook.id(), payload, attempt));
        } catch (DataAccessException e) {
            // The webhook or its account was deleted while the message was being sent.
            throw ForeignKeyViolations.isForeignKeyViolation(e) ? notSet() : e;
        }
    }

    /** Queues a message if the account has a webhook. Joins the transaction of the caller. */
    public void notifyGradeDropped(String accountId, GradeDropped fall) {
        store.findByAccount(accountId)
                .ifPresent(webhook -> messages.enqueue(webhook.id(), fall.scanId(), payload("grade_fell", fall)));
    }

    private String payload(String event, Object data) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode message =
                mapper.createObjectNode().put("event", event).put("created_at", ApiTimestamps.format(clock.instant()));
        message.set("data", mapper.valueToTree(data));
        return message.toString();
    }

    private static void requirePlan(Plan plan) {
        if (plan.maxMonitors() == 0) {
            throw ApiException.forbiddenPlan("The " + plan.wireName()
                    + " plan does not include monitors and webhooks; upgrade to pro or agency");
        }
    }

    private static ApiException notSet() {
        return ApiException.notFound("No webhook is set");
    }
}
