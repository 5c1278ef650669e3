package dev.websentry.server.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The delays between delivery attempts: 20 hours 36 minutes in total, so that a message survives an outage overnight.
 */
final class RetrySchedule {
    private static final List<Duration> DELAYS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12));

    private RetrySchedule() {}

    /**
     * Returns the delay before the next attempt.
     *
     * @param attempts number of failed attempts, at least 1
     * @return empty if the maximum number of attempts is reached
     */
    static Optional<Duration> delayAfter(int attempts) {
        return attempts > DELAYS.size() ? Optional.empty() : Optional.of(DELAYS.get(Math.max(1, attempts) - 1));
    }
}
