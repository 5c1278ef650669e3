package dev.websentry.server.webhook;

import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.webhook.WebhookDelivery.DeliveryAttempt;
import dev.websentry.server.webhook.WebhookDeliveryRepository.DueDelivery;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends due webhook messages. A few are sent concurrently, but only one per receiver, so that a slow receiver does not
 * delay the others.
 */
@Component
class WebhookDispatcher implements DisposableBean {
    /** Name of the header with the id of the message. */
    static final String DELIVERY_ID_HEADER = "WebSentry-Delivery";

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);
    private static final int MAX_CONCURRENT = 4;
    private static final int BATCH_SIZE = 100;
    private static final Duration RETENTION = Duration.ofDays(30);

    private final WebhookDeliveryRepository store;
    private final WebhookClient client;
    private final SecretCipher cipher;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService pool = Executors.newFixedThreadPool(MAX_CONCURRENT, work -> {
        Thread thread = new Thread(work, "webhook");
        thread.setDaemon(true);
        return thread;
    });

    WebhookDispatcher(WebhookDeliveryRepository store, WebhookClient client, SecretCipher cipher, Clock clock) {
        this.store = store;
        this.client = client;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Starts to send due messages while a thread is free. The others remain due for the next call. */
    @Scheduled(initialDelay = 2, fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    void sendDue() {
        for (DueDelivery due : store.findDue(BATCH_SIZE)) {
            if (busy.size() >= MAX_CONCURRENT) {
                return;
            }
            String receiver = due.webhook().id();
            if (busy.add(receiver)) {
                pool.execute(() -> {
                    try {
                        send(due);
                    } finally {
                        busy.remove(receiver);
                    }
                });
            }
        }
    }

    /** Returns whether this node is not sending any message. */
    boolean isIdle() {
        return busy.isEmpty();
    }

    private void send(DueDelivery due) {
        WebhookDelivery delivery = due.delivery();
        if (!store.claim(delivery)) {
            return;
        }
        DeliveryAttempt attempt = attemptDelivery(due.webhook(), delivery.id(), delivery.payload());
        store.recordAttempt(delivery, attempt);
        LOG.info(
                "Webhook message {}: attempt {} {}",
                delivery.id(),
                delivery.attempts() + 1,
                attempt.succeeded() ? "delivered" : "failed");
    }

    /** Sends a message at once, without reading or writing the database. */
    DeliveryAttempt attemptDelivery(Webhook webhook, String deliveryId, String payload) {
        String secret;
        try {
            secret = cipher.decrypt(webhook.encryptedSecret());
        } catch (SecretCipher.UnknownKeyException e) {
            LOG.error("Cannot decrypt the secret of webhook {}: {}", webhook.id(), e.getMessage());
            return new DeliveryAttempt(
                    Optional.empty(), Optional.of("The secret of the webhook cannot be read; set the webhook again"));
        }
        String signature = WebhookSignature.headerValue(secret, clock.instant(), payload);
        return client.post(
                webhook.url(), Map.of(WebhookSignature.HEADER, signature, DELIVERY_ID_HEADER, deliveryId), payload);
    }

    /** Deletes completed messages after the retention period. */
    @Scheduled(initialDelay = 7, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void deleteOld() {
        store.deleteCompleted(clock.instant().minus(RETENTION));
    }

    @Override
    public void destroy() throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(WebhookClient.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            pool.shutdownNow();
        }
    }
}
