package dev.websentry.server.webhook;

import dev.websentry.server.error.ApiTimestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The JSON representation of a webhook for its owner, without the secret.
 *
 * @param format json, slack, teams, discord or ntfy
 * @param createdAt time at which the webhook was set and the current secret was generated
 * @param deliveries the latest messages, newest first
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WebhookView(String url, String format, String createdAt, List<WebhookDeliveryView> deliveries) {

    static WebhookView of(Webhook webhook, String url, List<WebhookDelivery> deliveries) {
        return new WebhookView(
                url,
                webhook.format().wireName(),
                ApiTimestamps.format(webhook.createdAt()),
                deliveries.stream().map(WebhookDeliveryView::of).toList());
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
    public record WebhookDeliveryView(
            String id,
            String state,
            int attempts,
            @Nullable Integer lastStatus,
            @Nullable String lastError,
            @Nullable String nextAttemptAt,
            String createdAt,
            @Nullable String deliveredAt) {

        static WebhookDeliveryView of(WebhookDelivery delivery) {
            return new WebhookDeliveryView(
                    delivery.id(),
                    delivery.state().wireName(),
                    delivery.attempts(),
                    delivery.last().status().orElse(null),
                    delivery.last().error().orElse(null),
                    delivery.nextAttemptAt().map(ApiTimestamps::format).orElse(null),
                    ApiTimestamps.format(delivery.createdAt()),
                    delivery.deliveredAt().map(ApiTimestamps::format).orElse(null));
        }
    }
}
