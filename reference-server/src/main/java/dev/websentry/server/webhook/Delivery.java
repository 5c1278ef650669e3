package dev.websentry.server.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A message on its way to a webhook, or how that ended.
 *
 * @param payload the body, JSON
 * @param attempts how many there were
 * @param nextAttemptAt empty unless it is pending
 * @param last what the last attempt came to
 */
record Delivery(
        String id,
        String payload,
        State state,
        int attempts,
        Optional<Instant> nextAttemptAt,
        Attempt last,
        Instant createdAt,
        Optional<Instant> deliveredAt) {

    /** How far it is. */
    enum State {
        PENDING,
        DELIVERED,
        /** Given up. */
        FAILED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One attempt.
     *
     * @param status the receiver's answer; empty when there was none
     * @param error why it did not count; empty when it did, or there was no attempt
     */
    record Attempt(Optional<Integer> status, Optional<String> error) {
        static final Attempt NONE = new Attempt(Optional.empty(), Optional.empty());

        boolean succeeded() {
            return error.isEmpty();
        }
    }
}
