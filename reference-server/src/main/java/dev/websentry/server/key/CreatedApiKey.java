package dev.websentry.server.key;

/**
 * A newly created API key with its secret.
 *
 * @param secret the complete key, which is shown once and not stored
 */
public record CreatedApiKey(ApiKey key, String secret) {
    /** Omits the secret, so that the text is safe to log. */
    @Override
    public String toString() {
        return "CreatedApiKey[" + key.id() + "]";
    }
}
