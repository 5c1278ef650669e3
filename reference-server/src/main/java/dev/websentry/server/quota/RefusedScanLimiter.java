package dev.websentry.server.quota;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Limits scans that are refused before they send anything to their target. They cost no quota, but each tells whether a
 * name exists and whether its address is public, so that many of them would search the names of a private network.
 */
@Component
public class RefusedScanLimiter {
    /** Many more than a user mistypes. */
    public static final int MAX_PER_HOUR = 100;

    private static final Set<ErrorCode> REFUSALS = Set.of(ErrorCode.UNRESOLVABLE, ErrorCode.BLOCKED_ADDRESS);

    private final UsageCounterRepository counters;
    private final Clock clock;

    RefusedScanLimiter(UsageCounterRepository counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Checks that a caller may start a scan.
     *
     * @param subject the account or address of the caller
     * @throws ApiException 429 if too many scans of the caller were refused
     */
    public void requireAllowed(String subject) {
        Instant hour = hour();
        if (counters.used(key(subject, hour)) >= MAX_PER_HOUR) {
            throw ApiException.rateLimited(
                    "Too many of your scans were of hosts that do not exist or are not public. Try again later.",
                    Duration.between(clock.instant(), hour.plus(1, ChronoUnit.HOURS)));
        }
    }

    /** Counts a failed scan if it was refused. */
    public void record(String subject, ErrorCode failure) {
        if (REFUSALS.contains(failure)) {
            Instant hour = hour();
            // The result is not needed: the limit is enforced before the next scan.
            boolean unused = counters.tryIncrement(key(subject, hour), MAX_PER_HOUR, hour.plus(1, ChronoUnit.HOURS));
        }
    }

    private Instant hour() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS);
    }

    private static UsageCounterKey key(String subject, Instant hour) {
        // The name of the limit ends at the first colon, as in refused-scan-account.
        return new UsageCounterKey("refused-scan-" + subject, hour.toString());
    }
}
