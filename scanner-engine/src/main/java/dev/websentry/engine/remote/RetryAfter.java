package dev.websentry.engine.remote;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Parses the Retry-After header field (RFC 9110 section 10.2.3): a number of seconds, or a date. */
final class RetryAfter {
    private static final Duration MIN_WAIT = Duration.ofMillis(500);

    private RetryAfter() {}

    /** Returns the time to wait, at least 500 ms; empty if the value is invalid. */
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
        // Prevents a busy loop if the server allows an immediate retry.
        return Optional.of(wait.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : wait);
    }
}
