package dev.websentry.server.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.token.SecureTokens;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HourlyLimiterTest extends EndpointTest {
    /** In the future, because the server deletes the counters of earlier hours. */
    private static final Instant ONE = Instant.parse("2126-02-14T13:00:00Z");

    private final String subject = "hourly-test:" + SecureTokens.newId();

    private HourlyLimiter at(Instant now) {
        return new HourlyLimiter(server().get(UsageCounterRepository.class), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void limitAppliesUntilTheNextFullHour() {
        HourlyLimiter limits = at(ONE.minusMillis(1));
        limits.count(subject, 2, "too many");
        limits.requireBelow(subject, 2, "too many");
        assertTrue(limits.tryCount(subject, 2));
        assertFalse(limits.tryCount(subject, 2));
        for (ApiException refused : new ApiException[] {
            assertThrows(ApiException.class, () -> limits.count(subject, 2, "too many")),
            assertThrows(ApiException.class, () -> limits.requireBelow(subject, 2, "too many"))
        }) {
            assertEquals(429, refused.status());
            assertEquals("too many", refused.text());
        }
        limits.count("other-" + subject, 2, "too many");
        HourlyLimiter later = at(ONE);
        later.requireBelow(subject, 2, "too many");
        later.count(subject, 2, "too many");
    }
}
