package dev.websentry.server.webhook;

import dev.websentry.server.answer.Moments;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A webhook as its owner sees it: without the secret.
 *
 * @param createdAt when it was set, with the secret that it has now
 * @param deliveries the latest messages, the newest first
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
     * A message and how far it is.
     *
     * @param state pending, delivered or failed
     * @param lastStatus the receiver's last answer; null when there was none
     * @param lastError why the last attempt did not count
     * @param nextAttemptAt null unless it is pending
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
