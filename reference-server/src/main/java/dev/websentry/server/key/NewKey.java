package dev.websentry.server.key;

/**
 * A key that was just made.
 *
 * @param secret the whole of it, which is shown once and kept nowhere
 */
public record NewKey(ApiKey key, String secret) {
    /** Without the secret, which must reach no log. */
    @Override
    public String toString() {
        return "NewKey[" + key.id() + "]";
    }
}
