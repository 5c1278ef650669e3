package dev.websentry.server.key;

import java.time.Instant;
import java.util.Optional;

/**
 * An API key as it may be listed.
 *
 * @param prefix how it begins, which is enough to tell one's keys apart
 */
public record ApiKey(
        String id,
        String name,
        String prefix,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {}
