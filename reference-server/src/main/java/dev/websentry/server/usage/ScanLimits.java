package dev.websentry.server.usage;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.usage.Counters.Counted;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Enforces scan quotas. Anonymous callers have 3 scans per address and UTC day, accounts on the free plan 3 per UTC
 * month. Other plans are unlimited.
 */
@Service
public class ScanLimits {
    private static final int ANONYMOUS_PER_DAY = 3;
    private static final int FREE_PER_MONTH = 3;

    private final Counters counters;
    private final Clock clock;

    public ScanLimits(Counters counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /** Returns the current quota of a caller; empty if unlimited. */
    public Optional<Allowance> of(Caller caller) {
        return caller.account()
                .map(this::of)
                .orElseGet(() -> Optional.of(daily(caller.address().subject())));
    }

    /** Returns the current quota of an account; empty if unlimited. */
    public Optional<Allowance> of(Account account) {
        if (account.plan().hasUnlimitedScans()) {
            return Optional.empty();
        }
        YearMonth month = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        return Optional.of(new Allowance(
                new Counted("scan-account:" + account.id(), month.toString()),
                FREE_PER_MONTH,
                month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC)));
    }

    private Allowance daily(String subject) {
        LocalDate day = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        return new Allowance(
                new Counted("scan-address:" + subject, day.toString()),
                ANONYMOUS_PER_DAY,
                day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /** Returns the number of scans that count toward a quota. */
    public int used(Allowance allowance) {
        return counters.used(allowance.counted());
    }

    /**
     * Counts one scan toward the quota of a caller.
     *
     * @return the quota, to {@link #giveBack} the scan if it sends nothing to its target; empty if the caller is
     *     unlimited
     * @throws ApiException 429 if the quota is exhausted
     */
    public Optional<Allowance> take(Caller caller) {
        Optional<Allowance> allowance = of(caller);
        allowance.ifPresent(limited -> {
            if (!counters.take(limited.counted(), limited.limit(), limited.resetsAt())) {
                throw ApiException.rateLimited(
                        caller.account().isPresent()
                                ? "Rate limit exceeded. The free plan includes " + limited.limit()
                                        + " scans per month; pro and agency are unlimited."
                                : "Rate limit exceeded. Create a free account for more scans.",
                        Duration.between(clock.instant(), limited.resetsAt()));
            }
        });
        return allowance;
    }

    /** Takes back a scan that {@link #take} has counted. */
    public void giveBack(Allowance allowance) {
        counters.giveBack(allowance.counted());
    }
}
