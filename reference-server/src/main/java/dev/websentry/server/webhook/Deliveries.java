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

/** Sends the messages that are due, a few at once, and to one receiver one at a time, so that a slow one delays itself alone. */
@Component
class Deliveries implements DisposableBean {
    static final String ID_HEADER = "WebSentry-Delivery";

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int AT_ONCE = 4;
    private static final int LOOKED_AT = 100;
    private static final Duration KEPT = Duration.ofDays(30);

    private final DeliveryStore store;
    private final WebhookClient client;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, work -> {
        Thread thread = new Thread(work, "webhook");
        thread.setDaemon(true);
        return thread;
    });

    Deliveries(DeliveryStore store, WebhookClient client, Clock clock) {
        this.store = store;
        this.client = client;
        this.clock = clock;
    }

    /** Begins what is due and has a free place; the rest is still due the next time. */
    @Scheduled(initialDelay = 2, fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    void sendDue() {
        for (Due due : store.due(LOOKED_AT)) {
            if (busy.size() >= AT_ONCE) {
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

    /** Whether this node sends nothing at the moment. */
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

    /** Sends now, whatever the database says. */
    Attempt attempt(Webhook webhook, String deliveryId, String payload) {
        String signature = Signature.of(webhook.secret(), clock.instant(), payload);
        return client.post(webhook.url(), Map.of(Signature.HEADER, signature, ID_HEADER, deliveryId), payload);
    }

    @Scheduled(initialDelay = 7, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetOld() {
        store.forgetDone(clock.instant().minus(KEPT));
    }

    @Override
    public void destroy() throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(WebhookClient.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            pool.shutdownNow();
        }
    }
}
