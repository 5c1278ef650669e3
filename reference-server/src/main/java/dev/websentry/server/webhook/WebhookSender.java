package dev.websentry.server.webhook;

import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.webhook.WebhookDelivery.DeliveryAttempt;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Formats, signs and sends one message, without reading or writing the database. */
@Component
class WebhookSender {
    /** Name of the header with the id of the message. */
    static final String DELIVERY_ID_HEADER = "WebSentry-Delivery";

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

    private final WebhookClient client;
    private final WebhookFormatter formatter;
    private final SecretCipher cipher;
    private final Clock clock;

    WebhookSender(WebhookClient client, WebhookFormatter formatter, SecretCipher cipher, Clock clock) {
        this.client = client;
        this.formatter = formatter;
        this.cipher = cipher;
        this.clock = clock;
    }

    /**
     * Sends a message once.
     *
     * @param payload the message in the format {@link WebhookFormat#JSON}, which is converted to that of the webhook
     */
    DeliveryAttempt send(Webhook webhook, String deliveryId, String payload) {
        URI url;
        String secret;
        try {
            url = URI.create(cipher.decrypt(webhook.encryptedUrl()));
            secret = cipher.decrypt(webhook.encryptedSecret());
        } catch (SecretCipher.UnknownKeyException e) {
            LOG.error("Cannot decrypt webhook {}: {}", webhook.id(), e.getMessage());
            return new DeliveryAttempt(
                    Optional.empty(), Optional.of("The webhook cannot be read; set the webhook again"));
        }
        String body = formatter.body(webhook.format(), url, payload);
        String signature = WebhookSignature.headerValue(secret, clock.instant(), body);
        return client.post(
                webhook.format().endpoint(url),
                Map.of(WebhookSignature.HEADER, signature, DELIVERY_ID_HEADER, deliveryId),
                body);
    }
}
