package dev.websentry.server.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes completed messages after the retention period. */
@Component
class WebhookDeliveryCleanup {
    private static final Duration RETENTION = Duration.ofDays(30);

    private final WebhookDeliveryRepository store;
    private final Clock clock;

    WebhookDeliveryCleanup(WebhookDeliveryRepository store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 7, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void deleteOld() {
        store.deleteCompleted(clock.instant().minus(RETENTION));
    }
}
