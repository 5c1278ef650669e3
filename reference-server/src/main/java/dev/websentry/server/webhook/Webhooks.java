package dev.websentry.server.webhook;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Plan;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.Moments;
import dev.websentry.server.database.ForeignKeys;
import dev.websentry.server.settings.Settings;
import dev.websentry.server.token.Tokens;
import dev.websentry.server.usage.Counters;
import dev.websentry.server.usage.Counters.Counted;
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

/** What an account does with its webhook, and what is sent there. */
@Service
public class Webhooks {
    private static final int TESTS_AN_HOUR = 20;
    private static final int SHOWN = 10;

    private final WebhookStore store;
    private final DeliveryStore messages;
    private final Deliveries deliveries;
    private final Counters counters;
    private final Settings settings;
    private final Clock clock;

    Webhooks(
            WebhookStore store,
            DeliveryStore messages,
            Deliveries deliveries,
            Counters counters,
            Settings settings,
            Clock clock) {
        this.store = store;
        this.messages = messages;
        this.deliveries = deliveries;
        this.counters = counters;
        this.settings = settings;
        this.clock = clock;
    }

    /** The account's webhook with its latest messages. */
    public Optional<WebhookView> of(Account account) {
        return store.of(account.id())
                .map(webhook ->
                        WebhookView.of(webhook.url(), webhook.createdAt(), messages.latest(webhook.id(), SHOWN)));
    }

    /**
     * Sets the account's webhook.
     *
     * @return the new secret, which is not shown again
     * @throws ApiException 400, 401 or 403
     */
    public String set(Account account, String url) {
        requirePlan(account.plan());
        URI address = new NewWebhook(url).address(!settings.scan().allow().isEmpty());
        try {
            return store.set(account.id(), address).secret();
        } catch (DataAccessException e) {
            throw ForeignKeys.isViolated(e) ? ApiException.accountGone() : e;
        }
    }

    /**
     * Removes it, with the messages that wait.
     *
     * @throws ApiException 404
     */
    public void delete(Account account) {
        if (!store.delete(account.id())) {
            throw unset();
        }
    }

    /**
     * Sends a test message now and once, and waits for it.
     *
     * @throws ApiException 403, 404 or 429
     */
    public WebhookView.Message test(Account account) {
        requirePlan(account.plan());
        Webhook webhook = store.of(account.id()).orElseThrow(Webhooks::unset);
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        Instant next = hour.plus(Duration.ofHours(1));
        if (!counters.take(new Counted("webhook-test:" + account.id(), hour.toString()), TESTS_AN_HOUR, next)) {
            throw ApiException.rateLimited(
                    TESTS_AN_HOUR + " test messages an hour are sent, and no more",
                    Duration.between(clock.instant(), next));
        }
        String id = Tokens.id();
        String payload = payload("test", Map.of());
        // Outside any transaction: a receiver may take its time.
        Delivery.Attempt attempt = deliveries.attempt(webhook, id, payload);
        try {
            return WebhookView.Message.of(messages.addDone(id, webhook.id(), payload, attempt));
        } catch (DataAccessException e) {
            // Removed, alone or with its account, while the message was on its way.
            throw ForeignKeys.isViolated(e) ? unset() : e;
        }
    }

    /** Puts a message on its way if the account has a webhook; part of the transaction that it is called in. */
    public void gradeFell(String accountId, GradeFall fall) {
        store.of(accountId)
                .ifPresent(webhook -> messages.add(webhook.id(), fall.scanId(), payload("grade_fell", fall)));
    }

    private String payload(String event, Object data) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode message =
                mapper.createObjectNode().put("event", event).put("created_at", Moments.seconds(clock.instant()));
        message.set("data", mapper.valueToTree(data));
        return message.toString();
    }

    private static void requirePlan(Plan plan) {
        if (plan.monitors() == 0) {
            throw ApiException.forbiddenPlan(
                    "The plan " + plan.wire() + " has no monitors, and so no webhook for them; Pro and Agency have");
        }
    }

    private static ApiException unset() {
        return ApiException.notFound("No webhook is set");
    }
}
