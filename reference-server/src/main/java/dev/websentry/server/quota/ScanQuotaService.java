package dev.websentry.server.quota;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Enforces scan quotas. Anonymous callers have 3 scans per address and UTC day, accounts on the free plan 3 per UTC
 * month. All free accounts that scan from one address share a number of scans per UTC day, so that many accounts do not
 * give many scans. Other plans are unlimited.
 */
@Service
public class ScanQuotaService {
    public static final int ANONYMOUS_PER_DAY = 3;
    public static final int FREE_PER_MONTH = 3;

    /** Two accounts can use all their scans on one day. */
    static final int FREE_PER_ADDRESS_AND_DAY = 6;

    private final UsageCounterRepository counters;
    private final Clock clock;

    public ScanQuotaService(UsageCounterRepository counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /** Returns the current quota of a caller; empty if unlimited. */
    public Optional<ScanQuota> quotaOf(Caller caller) {
        return caller.account()
                .map(this::quotaOf)
                .orElseGet(() -> Optional.of(daily(caller.address().rateLimitKey())));
    }

    /** Returns the current quota of an account; empty if unlimited. */
    public Optional<ScanQuota> quotaOf(Account account) {
        if (account.plan().hasUnlimitedScans()) {
            return Optional.empty();
        }
        YearMonth month = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        return Optional.of(new ScanQuota(
                new UsageCounterKey("scan-account:" + account.id(), month.toString()),
                FREE_PER_MONTH,
                month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC),
                Optional.empty()));
    }

    private ScanQuota daily(String subject) {
        LocalDate day = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        return new ScanQuota(
                new UsageCounterKey("scan-address:" + subject, day.toString()),
                ANONYMOUS_PER_DAY,
                day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC),
                Optional.empty());
    }

    /** Returns the number of scans that count toward a quota. */
    public int used(ScanQuota allowance) {
        return counters.used(allowance.counterKey());
    }

    /**
     * Counts one scan toward the quota of a caller.
     *
     * @return the quota, to {@link #refund} the scan if it sends nothing to its target; empty if the caller is
     *     unlimited
     * @throws ApiException 429 if the quota is exhausted
     */
    public Optional<ScanQuota> consume(Caller caller) {
        Optional<ScanQuota> allowance = quotaOf(caller);
        allowance.ifPresent(limited -> {
            if (!counters.tryIncrement(limited.counterKey(), limited.limit(), limited.resetsAt())) {
                throw ApiException.rateLimited(
                        caller.account().isPresent()
                                ? "Rate limit exceeded. The free plan includes " + limited.limit()
                                        + " scans per month; pro and agency are unlimited."
                                : "Rate limit exceeded. Create a free account for more scans.",
                        Duration.between(clock.instant(), limited.resetsAt()));
            }
        });
        return allowance.map(quota -> caller.account().isPresent() ? consumeOfAddress(quota, caller) : quota);
    }

    /** Counts a scan of a free account toward the limit of its address, too. */
    private ScanQuota consumeOfAddress(ScanQuota account, Caller caller) {
        LocalDate day = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        Instant next = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        UsageCounterKey address =
                new UsageCounterKey("scan-free-address:" + caller.address().rateLimitKey(), day.toString());
        if (!counters.tryIncrement(address, FREE_PER_ADDRESS_AND_DAY, next)) {
            counters.decrement(account.counterKey());
            throw ApiException.rateLimited(
                    "Rate limit exceeded. Free accounts at one IP address share " + FREE_PER_ADDRESS_AND_DAY
                            + " scans per day; pro and agency are unlimited.",
                    Duration.between(clock.instant(), next));
        }
        return new ScanQuota(account.counterKey(), account.limit(), account.resetsAt(), Optional.of(address));
    }

    /** Takes back a scan that {@link #consume} has counted. */
    public void refund(ScanQuota allowance) {
        counters.decrement(allowance.counterKey());
        allowance.addressKey().ifPresent(counters::decrement);
    }
}
