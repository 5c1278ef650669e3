package dev.websentry.server.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Plan;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.EndpointTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScanQuotaServiceTest extends EndpointTest {
    private ScanQuotaService limits() {
        return server().get(ScanQuotaService.class);
    }

    @Test
    void addressHasThreeScansPerDay() {
        clock().set(Instant.parse("2026-02-14T23:00:00Z"));
        Caller anonymous = new Caller.AnonymousCaller(new ClientAddress("203.0.113.77"));
        for (int i = 0; i < 3; i++) {
            assertTrue(limits().consume(anonymous).isPresent());
        }
        ApiException refused = assertThrows(ApiException.class, () -> limits().consume(anonymous));
        assertEquals("Rate limit exceeded. Create a free account for more scans.", refused.getMessage());
        assertEquals(429, refused.status());
        limits().consume(new Caller.AnonymousCaller(new ClientAddress("203.0.113.78")));
        clock().advance(Duration.ofHours(1));
        limits().consume(anonymous);
    }

    @Test
    void freeAccountHasThreeScansPerMonth() {
        clock().set(Instant.parse("2026-02-14T12:00:00Z"));
        Caller free = session(user(Plan.FREE));
        ScanQuota taken = limits().consume(free).orElseThrow();
        limits().consume(free);
        limits().consume(free);
        assertThrows(ApiException.class, () -> limits().consume(free));
        limits().refund(taken);
        limits().consume(free);
        clock().set(Instant.parse("2026-03-01T00:00:00Z"));
        limits().consume(free);
    }

    /** Many sign-ups must not give one person many scans. */
    @Test
    void freeAccountsAtOneAddressShareADailyLimit() {
        clock().set(Instant.parse("2026-02-14T12:00:00Z"));
        ClientAddress office = new ClientAddress("203.0.113." + (vendor == DatabaseVendor.SQLITE ? 5 : 6));
        List<Caller> users = Stream.generate(() -> user(Plan.FREE))
                .limit(4)
                .<Caller>map(user -> new Caller.SessionCaller(account(user.email()), office))
                .toList();
        int scans = 0;
        ApiException refused = null;
        for (Caller user : users) {
            for (int i = 0; i < 3; i++) {
                try {
                    limits().consume(user);
                    scans++;
                } catch (ApiException e) {
                    refused = e;
                }
            }
        }
        assertEquals(ScanQuotaService.FREE_PER_ADDRESS_AND_DAY, scans);
        assertTrue(refused != null && refused.text().contains("Free accounts at one IP address share 6 scans"));
        // A refused scan does not count toward the month of the account.
        Caller last = users.get(3);
        assertEquals(0, limits().used(limits().quotaOf(last).orElseThrow()));
        limits().consume(new Caller.AnonymousCaller(office));
        ScanQuota elsewhere = limits().consume(
                        new Caller.SessionCaller(last.account().orElseThrow(), new ClientAddress("203.0.113.9")))
                .orElseThrow();
        limits().refund(elsewhere);
        assertEquals(0, limits().used(elsewhere));
        clock().advance(Duration.ofDays(1));
        limits().consume(last);
    }

    @Test
    void proAccountIsUnlimited() {
        Caller pro = session(user(Plan.PRO));
        for (int i = 0; i < 10; i++) {
            assertTrue(limits().consume(pro).isEmpty());
        }
    }

    @Test
    void parallelRequestsDoNotExceedALimit() {
        UsageCounterRepository counters = server().get(UsageCounterRepository.class);
        UsageCounterKey counted = new UsageCounterKey("race-" + vendor, "now");
        long taken = IntStream.range(0, 50)
                .parallel()
                .filter(i -> counters.tryIncrement(counted, 3, Instant.now().plusSeconds(60)))
                .count();
        assertEquals(3, taken);
        assertEquals(3, counters.used(counted));
    }

    @Test
    void expiredCountersAreDeleted() {
        UsageCounterRepository counters = server().get(UsageCounterRepository.class);
        Instant now = Instant.parse("2020-01-01T00:00:00Z");
        UsageCounterKey over = new UsageCounterKey("over-" + vendor, "then");
        UsageCounterKey lasting = new UsageCounterKey("lasting-" + vendor, "then");
        counters.tryIncrement(over, 3, now);
        counters.tryIncrement(lasting, 3, now.plusMillis(1));
        counters.deleteExpired(now);
        assertEquals(0, counters.used(over));
        assertEquals(1, counters.used(lasting));
    }

    private Caller session(TestUser user) {
        return new Caller.SessionCaller(account(user.email()), new ClientAddress("198.51.100.1"));
    }
}
