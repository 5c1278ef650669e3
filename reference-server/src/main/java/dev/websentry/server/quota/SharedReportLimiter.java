package dev.websentry.server.quota;

import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.error.ApiException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Limits the requests of an address for shared reports, which need no account. Counted in memory on each node: a count
 * in the database would cost more than the request.
 */
@Component
public class SharedReportLimiter {
    public static final int MAX_PER_MINUTE = 300;

    /** Bounds the memory if requests come from very many addresses; then all are counted again from zero. */
    private static final int MAX_ADDRESSES = 100_000;

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Clock clock;
    private final Counter hits;
    private final Map<String, Integer> counts = new HashMap<>();
    private long minute;

    SharedReportLimiter(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.hits = Counter.builder("websentry.limits.hit")
                .description("Number of requests that a limit has rejected")
                .tag("limit", "shared-report-address")
                .register(meters);
    }

    /**
     * Counts a request.
     *
     * @param address the IP address of the client
     * @throws ApiException 429 if the limit of this minute is exceeded
     */
    public void count(String address) {
        long now = clock.millis();
        if (increment(new ClientAddress(address).rateLimitKey(), now / MINUTE) > MAX_PER_MINUTE) {
            hits.increment();
            throw ApiException.rateLimited(
                    "Rate limit exceeded. At most " + MAX_PER_MINUTE
                            + " requests per minute for shared reports are allowed.",
                    Duration.ofMillis(MINUTE - now % MINUTE));
        }
    }

    private synchronized int increment(String key, long current) {
        if (current != minute || counts.size() >= MAX_ADDRESSES) {
            counts.clear();
            minute = current;
        }
        return counts.merge(key, 1, Integer::sum);
    }
}
