package dev.websentry.server.webhook;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Plan;
import dev.websentry.server.database.ForeignKeyViolations;
import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.quota.HourlyLimiter;
import dev.websentry.server.settings.WebSentryProperties;
import dev.websentry.server.token.SecureTokens;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/** Sets, tests and deletes the webhook of an account. */
@Service
public class WebhookService {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookService.class);
    private static final int MAX_TESTS_PER_HOUR = 20;
    private static final int MAX_SHOWN = 10;

    private final WebhookRepository store;
    private final WebhookDeliveryRepository messages;
    private final WebhookNotificationService notifications;
    private final WebhookSender sender;
    private final SecretCipher cipher;
    private final HourlyLimiter limits;
    private final WebSentryProperties settings;

    WebhookService(
            WebhookRepository store,
            WebhookDeliveryRepository messages,
            WebhookNotificationService notifications,
            WebhookSender sender,
            SecretCipher cipher,
            HourlyLimiter limits,
            WebSentryProperties settings) {
        this.store = store;
        this.messages = messages;
        this.notifications = notifications;
        this.sender = sender;
        this.cipher = cipher;
        this.limits = limits;
        this.settings = settings;
    }

    /** Returns the webhook of an account with its latest messages; empty if none is set. */
    public Optional<WebhookView> find(Account account) {
        return store.findByAccount(account.id())
                .map(webhook -> WebhookView.of(webhook, url(webhook), messages.findLatest(webhook.id(), MAX_SHOWN)));
    }

    /** Returns the URL; empty if this node does not have the key, so that the owner sets the webhook again. */
    private String url(Webhook webhook) {
        try {
            return cipher.decrypt(webhook.encryptedUrl());
        } catch (SecretCipher.UnknownKeyException e) {
            LOG.error("Cannot decrypt webhook {}: {}", webhook.id(), e.getMessage());
            return "";
        }
    }

    /**
     * Sets the webhook of an account.
     *
     * @param format the name of the format of its messages; json if it is null
     * @return the new secret, which cannot be read again
     * @throws ApiException 400 if the URL or the format is invalid, 401 if the account was deleted, 403 if the plan has
     *     no monitors
     */
    public String set(Account account, String url, @Nullable String format) {
        requirePlan(account.plan());
        SetWebhookRequest request = new SetWebhookRequest(url, format);
        URI address = request.parseUrl(!settings.scan().allow().isEmpty());
        WebhookFormat parsed = request.parseFormat(address);
        try {
            return store.set(account.id(), address, parsed);
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
        limits.count(
                "webhook-test:" + account.id(),
                MAX_TESTS_PER_HOUR,
                "Rate limit exceeded. At most " + MAX_TESTS_PER_HOUR + " test messages can be sent per hour.");
        String id = SecureTokens.newId();
        String payload = notifications.payload("test", Map.of());
        // Outside of a transaction, because a receiver may respond slowly.
        WebhookDelivery.DeliveryAttempt attempt = sender.send(webhook, id, payload);
        try {
            return WebhookView.WebhookDeliveryView.of(messages.addCompleted(id, webhook.id(), payload, attempt));
        } catch (DataAccessException e) {
            // The webhook or its account was deleted while the message was being sent.
            throw ForeignKeyViolations.isForeignKeyViolation(e) ? notSet() : e;
        }
    }

    /** Returns the names of the formats for the API, with their names for users, in the order for a list. */
    public static Map<String, String> formats() {
        Map<String, String> names = new LinkedHashMap<>();
        for (WebhookFormat format : WebhookFormat.values()) {
            names.put(format.wireName(), format.title());
        }
        return names;
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
