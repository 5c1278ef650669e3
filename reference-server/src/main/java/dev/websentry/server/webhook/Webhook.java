package dev.websentry.server.webhook;

import java.net.URI;
import java.time.Instant;

/**
 * Where an account wants its messages.
 *
 * @param secret what they are signed with
 */
record Webhook(String id, String accountId, URI url, String secret, Instant createdAt) {
    /** For logs: without the secret, and without the URL, which may hold one. */
    @Override
    public String toString() {
        return "Webhook[" + id + "]";
    }
}
