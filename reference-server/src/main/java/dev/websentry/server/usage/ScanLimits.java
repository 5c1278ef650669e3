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

/** How many scans a caller may run: anonymous 3 per UTC day and address, the free plan 3 per UTC month, the rest any number. */
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

    /** What limits this caller now; empty: nothing. */
    public Optional<Allowance> of(Caller caller) {
        return caller.account()
                .map(this::of)
                .orElseGet(() -> Optional.of(daily(caller.address().subject())));
    }

    /** What limits this account now; empty: nothing. */
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

    public int used(Allowance allowance) {
        return counters.used(allowance.counted());
    }

    /**
     * Counts one scan.
     *
     * @return what was counted, to {@link #giveBack} if the scan then sends nothing; empty: this caller is not counted
     * @throws ApiException 429, when the limit is reached
     */
    public Optional<Allowance> take(Caller caller) {
        Optional<Allowance> allowance = of(caller);
        allowance.ifPresent(limited -> {
            if (!counters.take(limited.counted(), limited.limit(), limited.resetsAt())) {
                throw ApiException.rateLimited(
                        caller.account().isPresent()
                                ? "Rate limit exceeded. The free plan has " + limited.limit()
                                        + " scans a month; Pro and Agency have no limit."
                                : "Rate limit exceeded. Create a free account for more scans.",
                        Duration.between(clock.instant(), limited.resetsAt()));
            }
        });
        return allowance;
    }

    public void giveBack(Allowance allowance) {
        counters.giveBack(allowance.counted());
    }
}
