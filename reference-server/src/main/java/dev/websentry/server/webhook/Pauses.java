package dev.websentry.server.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long to wait after each attempt that failed: 20 hours in all, enough for a receiver's bad night. */
final class Pauses {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12));

    private Pauses() {}

    /**
     * The pause before the next attempt.
     *
     * @param attempts how many there were
     * @return empty when there were enough
     */
    static Optional<Duration> after(int attempts) {
        return attempts > PAUSES.size() ? Optional.empty() : Optional.of(PAUSES.get(Math.max(1, attempts) - 1));
    }
}
