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
    /** Longer than any timeout. The number of nanoseconds until a date in a distant year would not fit into a long. */
    private static final Duration MAX_WAIT = Duration.ofDays(1);

    private RetryAfter() {}

    /** Returns the time to wait, from 500 ms to a day; empty if the value is invalid. */
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
        Duration atLeast = wait.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : wait;
        return Optional.of(atLeast.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : atLeast);
    }
}
