package dev.websentry.server.webhook;

import java.time.Instant;

/**
 * The webhook of an account.
 *
 * @param encryptedUrl where messages are sent; encrypted by {@code SecretCipher}, because the URLs of chat services
 *     contain a secret
 * @param encryptedSecret key with which messages are signed, encrypted in the same way
 */
record Webhook(
        String id,
        String accountId,
        String encryptedUrl,
        WebhookFormat format,
        String encryptedSecret,
        Instant createdAt) {
    /** Omits the encrypted values, so that the text is short. */
    @Override
    public String toString() {
        return "Webhook[" + id + "]";
    }
}
