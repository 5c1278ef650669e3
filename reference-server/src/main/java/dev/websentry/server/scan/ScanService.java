package dev.websentry.server.scan;

import dev.websentry.engine.target.InvalidTargetException;
import dev.websentry.engine.target.Target;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorCode;
import dev.websentry.server.scan.Scan.Failure;
import dev.websentry.server.usage.Allowance;
import dev.websentry.server.usage.ScanLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Starts scans: for a caller who waits, for one who comes back for the result, and for monitors. A caller's scan is counted
 * before it sends anything, so that no race passes the limit, and the count is given back when it sent nothing after all.
 */
@Service
public class ScanService {
    static final String CUT_OFF = "The server was stopped before the scan was done. Try again.";

    /** How long a failure that nobody waited for, and that sent nothing, can be looked at. */
    private static final Duration FAILURE_LIFE = Duration.ofHours(1);

    private final ScanStore store;
    private final ScanLimits limits;
    private final ScanRuns runs;
    private final Clock clock;

    ScanService(ScanStore store, ScanLimits limits, ScanRuns runs, Clock clock) {
        this.clock = clock;
        this.store = store;
        this.limits = limits;
        this.runs = runs;
    }

    /**
     * Scans and waits for it.
     *
     * @param url as typed
     * @return a scan that is done
     * @throws ApiException 400, 401 also when the account was deleted meanwhile, 429 or 503, and 500 for a fault of ours
     */
    public Scan scan(Caller caller, String url) {
        Admission admission = admit(caller, target(url));
        Scan scan = runs.run(admission.scan(), admission.ticket(), failure -> {
            giveBack(admission, failure);
            if (!failure.sent()) {
                store.forget(admission.scan().id(), admission.scan().run());
            }
        });
        scan.failure().ifPresent(failure -> {
            throw exception(failure);
        });
        // What goes with an account that is deleted in the meantime cannot be read by anybody.
        return store.find(scan.id()).orElseThrow(() -> ApiException.accountGone());
    }

    /**
     * Begins a scan that goes on by itself; {@link ScanReader} tells how far it is.
     *
     * @return a scan that runs, or waits for a place
     * @throws ApiException 400 for a URL that is none, 401, 429 or 503
     */
    public Scan start(Caller caller, String url) {
        Admission admission = admit(caller, target(url));
        // Nobody waits for it: how it ends is recorded, failures included.
        Future<Scan> unused = runs.start(admission.scan(), admission.ticket(), failure -> {
            giveBack(admission, failure);
            if (!failure.sent()) {
                store.expire(admission.scan().id(), FAILURE_LIFE);
            }
        });
        return store.find(admission.scan().id()).orElseThrow(() -> ApiException.accountGone());
    }

    /**
     * Scans for a monitor and waits for it. Whatever goes wrong is in the scan that is returned, and recorded. Each trigger
     * has one scan: a second call for it returns the first one's, unless that was cut off, which is done again.
     *
     * @throws ApiException 401 when the account was deleted meanwhile
     */
    public Scan scan(MonitorScan asked) {
        Target target = target(asked.url());
        NewScan scan = NewScan.of(target, asked, clock.instant());
        Optional<String> id = store.begin(scan);
        if (id.isEmpty()) {
            return store.find(asked.monitorId(), asked.dueAt().orElseThrow()).orElseThrow();
        }
        NewScan begun = scan.withId(id.get());
        try {
            Places.Ticket ticket = asked.dueAt().isPresent()
                    ? runs.places().enterBeside("monitors")
                    : runs.places().enter("account:" + asked.accountId());
            return runs.run(begun, ticket, failure -> {});
        } catch (ApiException busy) {
            return runs.refuse(begun, busy);
        }
    }

    private Admission admit(Caller caller, Target target) {
        Optional<Allowance> counted = limits.take(caller);
        Places.Ticket ticket = null;
        try {
            ticket = runs.places().enter(subject(caller));
            NewScan scan = NewScan.of(target, caller.account().map(Account::id).orElse(null), clock.instant());
            store.begin(scan);
            return new Admission(scan, ticket, counted);
        } catch (RuntimeException e) {
            if (ticket != null) {
                ticket.close();
            }
            counted.ifPresent(limits::giveBack);
            throw e;
        }
    }

    private void giveBack(Admission admission, ScanRuns.Failed failure) {
        if (!failure.sent()) {
            admission.counted().ifPresent(limits::giveBack);
        }
    }

    /**
     * Understands what somebody typed.
     *
     * @throws ApiException 400, which says what is wrong with it
     */
    public static Target target(@Nullable String url) {
        if (url == null || url.isBlank()) {
            throw ApiException.of(
                    ErrorCode.INVALID_URL,
                    "The field 'url' is missing: expected a domain or an http(s) URL such as example.com");
        }
        try {
            return Target.parse(url);
        } catch (InvalidTargetException e) {
            throw ApiException.of(ErrorCode.INVALID_URL, String.valueOf(e.getMessage()));
        }
    }

    private static String subject(Caller caller) {
        return caller.account()
                .map(account -> "account:" + account.id())
                .orElseGet(() -> "address:" + caller.address().subject());
    }

    private static ApiException exception(Failure failure) {
        return failure.code() == ErrorCode.BUSY
                ? ApiException.busy(failure.message(), Places.COME_BACK)
                : ApiException.of(failure.code(), failure.message());
    }

    private record Admission(NewScan scan, Places.Ticket ticket, Optional<Allowance> counted) {}
}
