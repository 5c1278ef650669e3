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
 * Starts scans: synchronously or in the background for callers, and for monitors. A caller's scan is counted before it
 * starts, so that concurrent scans cannot exceed the quota. The count is reverted if the scan fails before it sends
 * requests to the target.
 */
@Service
public class ScanService {
    static final String CUT_OFF = "The server stopped before the scan was complete. Try again.";

    /** How long a failed background scan that sent no requests is kept. */
    private static final Duration FAILURE_RETENTION = Duration.ofHours(1);

    private final ScanStore store;
    private final ScanLimits limits;
    private final ScanRuns executor;
    private final Clock clock;

    ScanService(ScanStore store, ScanLimits limits, ScanRuns executor, Clock clock) {
        this.clock = clock;
        this.store = store;
        this.limits = limits;
        this.executor = executor;
    }

    /**
     * Scans a URL and waits for the end of the scan.
     *
     * @param url the URL as entered
     * @return a scan that is done
     * @throws ApiException 400 if the URL is invalid or the site cannot be scanned, 401 if the account was deleted in
     *     the meantime, 429 if the quota is used up, 503 if the queue is full or the server stops, 500 after an
     *     internal error
     */
    public Scan scan(Caller caller, String url) {
        Admission admission = admit(caller, target(url));
        Scan scan = executor.run(admission.scan(), admission.permit(), failure -> {
            giveBack(admission, failure);
            if (!failure.sent()) {
                store.forget(admission.scan().id(), admission.scan().run());
            }
        });
        scan.failure().ifPresent(failure -> {
            throw exception(failure);
        });
        // The scan was deleted if its account was deleted in the meantime.
        return store.find(scan.id()).orElseThrow(() -> ApiException.accountGone());
    }

    /**
     * Starts a scan in the background; {@link ScanReader} returns its progress.
     *
     * @param url the URL as entered
     * @return a scan that runs or waits in the queue
     * @throws ApiException 400 if the URL is invalid, 401 if the account was deleted in the meantime, 429 if the quota
     *     is used up, 503 if the queue is full
     */
    public Scan start(Caller caller, String url) {
        Admission admission = admit(caller, target(url));
        // The result is not awaited. It is stored, including a failure.
        Future<Scan> unused = executor.start(admission.scan(), admission.permit(), failure -> {
            giveBack(admission, failure);
            if (!failure.sent()) {
                store.expire(admission.scan().id(), FAILURE_RETENTION);
            }
        });
        return store.find(admission.scan().id()).orElseThrow(() -> ApiException.accountGone());
    }

    /**
     * Scans for a monitor and waits for the end of the scan. A failure is stored and returned with the scan. Each
     * scheduled time of a monitor has one scan: a second call returns the existing scan, unless that was interrupted;
     * then it is repeated.
     *
     * @throws ApiException 401 if the account was deleted in the meantime
     */
    public Scan scan(MonitorScan request) {
        Target target = target(request.url());
        NewScan scan = NewScan.of(target, request, clock.instant());
        Optional<String> id = store.begin(scan);
        if (id.isEmpty()) {
            return store.find(request.monitorId(), request.dueAt().orElseThrow())
                    .orElseThrow();
        }
        NewScan started = scan.withId(id.get());
        try {
            Places.Ticket permit = request.dueAt().isPresent()
                    ? executor.places().enterBeside("monitors")
                    : executor.places().enter("account:" + request.accountId());
            return executor.run(started, permit, failure -> {});
        } catch (ApiException busy) {
            return executor.refuse(started, busy);
        }
    }

    private Admission admit(Caller caller, Target target) {
        Optional<Allowance> counted = limits.take(caller);
        Places.Ticket permit = null;
        try {
            permit = executor.places().enter(subject(caller));
            NewScan scan = NewScan.of(target, caller.account().map(Account::id).orElse(null), clock.instant());
            store.begin(scan);
            return new Admission(scan, permit, counted);
        } catch (RuntimeException e) {
            if (permit != null) {
                permit.close();
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
     * Parses a URL as entered by a user.
     *
     * @param url a domain or an http(s) URL; may be null
     * @throws ApiException 400 if the URL is missing or invalid; the message states the reason
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

    private record Admission(NewScan scan, Places.Ticket permit, Optional<Allowance> counted) {}
}
