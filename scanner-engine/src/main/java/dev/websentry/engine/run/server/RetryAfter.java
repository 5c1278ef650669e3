package dev.websentry.engine.run.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** RFC 9110 section 10.2.3: seconds, or a date. */
final class RetryAfter {
    private static final Duration LEAST = Duration.ofMillis(500);

    private RetryAfter() {}

    static Optional<Duration> parse(String text) {
        String value = text.strip();
        Duration wait;
        try {
            wait = value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(Instant.now(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        // A server that says "at once" is not asked in a tight circle.
        return Optional.of(wait.compareTo(LEAST) < 0 ? LEAST : wait);
    }
}
