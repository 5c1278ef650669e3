package dev.websentry.server.webhook;

import dev.websentry.server.webhook.Delivery.Attempt;
import dev.websentry.server.webhook.DeliveryStore.Due;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
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
class Deliveries implements DisposableBean {
    /** Name of the header with the id of the message. */
    static final String ID_HEADER = "WebSentry-Delivery";

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int MAX_CONCURRENT = 4;
    private static final int BATCH_SIZE = 100;
    private static final Duration RETENTION = Duration.ofDays(30);

    private final DeliveryStore store;
    private final WebhookClient client;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService pool = Executors.newFixedThreadPool(MAX_CONCURRENT, work -> {
        Thread thread = new Thread(work, "webhook");
        thread.setDaemon(true);
        return thread;
    });

    Deliveries(DeliveryStore store, WebhookClient client, Clock clock) {
        this.store = store;
        this.client = client;
        this.clock = clock;
    }

    /** Starts to send due messages while a thread is free. The others remain due for the next call. */
    @Scheduled(initialDelay = 2, fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    void sendDue() {
        for (Due due : store.due(BATCH_SIZE)) {
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

    private void send(Due due) {
        Delivery delivery = due.delivery();
        if (!store.claim(delivery)) {
            return;
        }
        Attempt attempt = attempt(due.webhook(), delivery.id(), delivery.payload());
        store.attempted(delivery, attempt);
        LOG.info(
                "Webhook message {}: attempt {} {}",
                delivery.id(),
                delivery.attempts() + 1,
                attempt.succeeded() ? "delivered" : "failed");
    }

    /** Sends a message at once, without reading or writing the database. */
    Attempt attempt(Webhook webhook, String deliveryId, String payload) {
        String signature = Signature.of(webhook.secret(), clock.instant(), payload);
        return client.post(webhook.url(), Map.of(Signature.HEADER, signature, ID_HEADER, deliveryId), payload);
    }

    /** Deletes completed messages after the retention period. */
    @Scheduled(initialDelay = 7, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetOld() {
        store.forgetDone(clock.instant().minus(RETENTION));
    }

    @Override
    public void destroy() throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(WebhookClient.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            pool.shutdownNow();
        }
    }
}
