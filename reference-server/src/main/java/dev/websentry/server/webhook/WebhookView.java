package dev.websentry.server.webhook;

import dev.websentry.server.answer.Moments;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The JSON representation of a webhook for its owner, without the secret.
 *
 * @param createdAt time at which the webhook was set and the current secret was generated
 * @param deliveries the latest messages, newest first
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WebhookView(String url, String createdAt, List<Message> deliveries) {

    static WebhookView of(URI url, Instant createdAt, List<Delivery> deliveries) {
        return new WebhookView(
                url.toString(),
                Moments.seconds(createdAt),
                deliveries.stream().map(Message::of).toList());
    }

    /**
     * The JSON representation of a webhook message and the state of its delivery.
     *
     * @param state pending, delivered or failed
     * @param lastStatus status of the last response; null if there was none
     * @param lastError why the last attempt failed; null if it succeeded
     * @param nextAttemptAt null unless the message is pending
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Message(
            String id,
            String state,
            int attempts,
            @Nullable Integer lastStatus,
            @Nullable String lastError,
            @Nullable String nextAttemptAt,
            String createdAt,
            @Nullable String deliveredAt) {

        static Message of(Delivery delivery) {
            return new Message(
                    delivery.id(),
                    delivery.state().wire(),
                    delivery.attempts(),
                    delivery.last().status().orElse(null),
                    delivery.last().error().orElse(null),
                    delivery.nextAttemptAt().map(Moments::seconds).orElse(null),
                    Moments.seconds(delivery.createdAt()),
                    delivery.deliveredAt().map(Moments::seconds).orElse(null));
        }
    }
}
