package dev.websentry.server.webhook;

import java.net.URI;
import java.time.Instant;

/**
 * The webhook of an account.
 *
 * @param url where messages are sent
 * @param encryptedSecret key with which messages are signed, encrypted by {@code SecretCipher}
 */
record Webhook(String id, String accountId, URI url, WebhookFormat format, String encryptedSecret, Instant createdAt) {
    /** Omits the secret and the URL, which may contain a secret, so that the text is safe to log. */
    @Override
    public String toString() {
        return "Webhook[" + id + "]";
    }
}
