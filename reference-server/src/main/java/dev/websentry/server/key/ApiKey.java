package dev.websentry.server.key;

import java.time.Instant;
import java.util.Optional;

/**
 * An API key without its secret.
 *
 * @param prefix first characters of the key, by which the owner recognizes it
 * @param lastUsedAt last use, accurate to a minute; empty if never used
 * @param revokedAt time of the revocation; empty while the key is valid
 */
public record ApiKey(
        String id,
        String name,
        String prefix,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {}
