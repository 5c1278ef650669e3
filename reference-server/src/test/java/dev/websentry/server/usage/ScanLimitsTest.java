package dev.websentry.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Plan;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.usage.Counters.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScanLimitsTest extends EndpointTest {
    private ScanLimits limits() {
        return server().get(ScanLimits.class);
    }

    @Test
    void addressHasThreeScansPerDay() {
        clock().set(Instant.parse("2026-02-14T23:00:00Z"));
        Caller anonymous = new Caller.Anonymous(new ClientAddress("203.0.113.77"));
        for (int i = 0; i < 3; i++) {
            assertTrue(limits().take(anonymous).isPresent());
        }
        ApiException refused = assertThrows(ApiException.class, () -> limits().take(anonymous));
        assertEquals("Rate limit exceeded. Create a free account for more scans.", refused.getMessage());
        assertEquals(429, refused.status());
        limits().take(new Caller.Anonymous(new ClientAddress("203.0.113.78")));
        clock().advance(Duration.ofHours(1));
        limits().take(anonymous);
    }

    @Test
    void freeAccountHasThreeScansPerMonth() {
        clock().set(Instant.parse("2026-02-14T12:00:00Z"));
        Caller free = session(user(Plan.FREE));
        Allowance taken = limits().take(free).orElseThrow();
        limits().take(free);
        limits().take(free);
        assertThrows(ApiException.class, () -> limits().take(free));
        limits().giveBack(taken);
        limits().take(free);
        clock().set(Instant.parse("2026-03-01T00:00:00Z"));
        limits().take(free);
    }

    @Test
    void proAccountIsUnlimited() {
        Caller pro = session(user(Plan.PRO));
        for (int i = 0; i < 10; i++) {
            assertTrue(limits().take(pro).isEmpty());
        }
    }

    @Test
    void parallelRequestsDoNotExceedALimit() {
        Counters counters = server().get(Counters.class);
        Counted counted = new Counted("race-" + vendor, "now");
        long taken = IntStream.range(0, 50)
                .parallel()
                .filter(i -> counters.take(counted, 3, Instant.now().plusSeconds(60)))
                .count();
        assertEquals(3, taken);
        assertEquals(3, counters.used(counted));
    }

    @Test
    void expiredCountersAreDeleted() {
        Counters counters = server().get(Counters.class);
        Instant now = Instant.parse("2020-01-01T00:00:00Z");
        Counted over = new Counted("over-" + vendor, "then");
        Counted lasting = new Counted("lasting-" + vendor, "then");
        counters.take(over, 3, now);
        counters.take(lasting, 3, now.plusMillis(1));
        counters.forgetExpired(now);
        assertEquals(0, counters.used(over));
        assertEquals(1, counters.used(lasting));
    }

    private Caller session(User user) {
        return new Caller.SessionAccount(account(user.email()), new ClientAddress("198.51.100.1"));
    }
}
