package dev.websentry.server.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A webhook message and the state of its delivery.
 *
 * @param payload the body, in JSON
 * @param attempts number of delivery attempts
 * @param nextAttemptAt empty unless the message is pending
 * @param last result of the last attempt
 */
record WebhookDelivery(
        String id,
        String payload,
        DeliveryState state,
        int attempts,
        Optional<Instant> nextAttemptAt,
        DeliveryAttempt last,
        Instant createdAt,
        Optional<Instant> deliveredAt) {

    /** The state of a delivery. */
    enum DeliveryState {
        /** Waiting for the next attempt. */
        PENDING,
        /** Accepted by the receiver. */
        DELIVERED,
        /** All attempts have failed. */
        FAILED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The result of a delivery attempt.
     *
     * @param status HTTP status of the response; empty if there was none
     * @param error why the attempt failed; empty if it succeeded or there was no attempt
     */
    record DeliveryAttempt(Optional<Integer> status, Optional<String> error) {
        static final DeliveryAttempt NONE = new DeliveryAttempt(Optional.empty(), Optional.empty());

        boolean succeeded() {
            return error.isEmpty();
        }
    }
}
