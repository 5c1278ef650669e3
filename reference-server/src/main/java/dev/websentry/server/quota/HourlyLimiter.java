package dev.websentry.server.quota;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Limits how often a caller may do something within an hour, which starts at the full hour. */
@Component
public class HourlyLimiter {
    private final UsageCounterRepository counters;
    private final Clock clock;

    HourlyLimiter(UsageCounterRepository counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Counts a use unless the limit is reached.
     *
     * @param subject the limit and the caller, such as {@code export:ID}
     * @return false if the limit is reached
     */
    public boolean tryCount(String subject, int limit) {
        return tryCount(subject, limit, clock.instant());
    }

    /**
     * Counts a use.
     *
     * @param subject the limit and the caller, such as {@code export:ID}
     * @throws ApiException 429 with the message if the limit is reached
     */
    public void count(String subject, int limit, String message) {
        Instant now = clock.instant();
        if (!tryCount(subject, limit, now)) {
            throw rateLimited(message, now);
        }
    }

    /**
     * Checks that a limit is not reached, without counting.
     *
     * @param subject the limit and the caller, such as {@code export:ID}
     * @throws ApiException 429 with the message if the limit is reached
     */
    public void requireBelow(String subject, int limit, String message) {
        Instant now = clock.instant();
        if (counters.used(key(subject, now)) >= limit) {
            throw rateLimited(message, now);
        }
    }

    private boolean tryCount(String subject, int limit, Instant now) {
        return counters.tryIncrement(key(subject, now), limit, nextHour(now));
    }

    private static UsageCounterKey key(String subject, Instant now) {
        return new UsageCounterKey(subject, now.truncatedTo(ChronoUnit.HOURS).toString());
    }

    private static Instant nextHour(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    }

    private static ApiException rateLimited(String message, Instant now) {
        return ApiException.rateLimited(message, Duration.between(now, nextHour(now)));
    }
}
