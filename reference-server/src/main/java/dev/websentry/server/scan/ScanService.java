package dev.websentry.server.scan;

import dev.websentry.engine.config.InvalidTargetException;
import dev.websentry.engine.config.Target;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.quota.RefusedScanLimiter;
import dev.websentry.server.quota.ScanQuota;
import dev.websentry.server.quota.ScanQuotaService;
import dev.websentry.server.scan.Scan.ScanFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Starts scans: synchronously or in the background for callers, and for monitors. A caller's scan is counted before it
 * starts, so that concurrent scans cannot exceed the quota. The count is reverted if the scan fails before it sends
 * requests to the target.
 */
@Service
public class ScanService {
    static final String INTERRUPTED_MESSAGE = "The server stopped before the scan was complete. Try again.";

    /** How long a failed background scan that sent no requests is kept. */
    private static final Duration FAILURE_RETENTION = Duration.ofHours(1);

    private final ScanRepository store;
    private final ScanQuotaService limits;
    private final RefusedScanLimiter refusals;
    private final ScanExecutor executor;
    private final Clock clock;

    ScanService(
            ScanRepository store,
            ScanQuotaService limits,
            RefusedScanLimiter refusals,
            ScanExecutor executor,
            Clock clock) {
        this.refusals = refusals;
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
    public Scan scan(Caller caller, @Nullable String url) {
        AcceptedScan admission = admit(caller, parseTarget(url));
        Scan scan = executor.run(admission.scan(), admission.permit(), failure -> {
            if (!failure.targetContacted()) {
                store.delete(admission.scan().id(), admission.scan().runId());
            }
            giveBack(admission, failure);
        });
        scan.failure().ifPresent(failure -> {
            throw exception(failure);
        });
        // The scan was deleted if its account was deleted in the meantime.
        return store.find(scan.id()).orElseThrow(() -> ApiException.accountDeleted());
    }

    /**
     * Starts a scan in the background; {@link ScanQueryService} returns its progress.
     *
     * @param url the URL as entered
     * @return a scan that runs or waits in the queue
     * @throws ApiException 400 if the URL is invalid, 401 if the account was deleted in the meantime, 429 if the quota
     *     is used up, 503 if the queue is full
     */
    public Scan start(Caller caller, @Nullable String url) {
        AcceptedScan admission = admit(caller, parseTarget(url));
        executor.start(admission.scan(), admission.permit(), failure -> {
            if (!failure.targetContacted()) {
                store.setExpiry(admission.scan().id(), FAILURE_RETENTION);
            }
            giveBack(admission, failure);
        });
        return store.find(admission.scan().id()).orElseThrow(() -> ApiException.accountDeleted());
    }

    /**
     * Scans for a monitor and waits for the end of the scan. A failure is stored and returned with the scan. Each
     * scheduled time of a monitor has one scan: a second call returns the existing scan, unless that was interrupted;
     * then it is repeated.
     *
     * @throws ApiException 401 if the account was deleted in the meantime
     */
    public Scan scan(MonitorScanRequest request) {
        Target target = parseTarget(request.url());
        if (request.dueAt().isEmpty()) {
            refusals.requireAllowed("account:" + request.accountId());
        }
        NewScan scan = NewScan.of(target, request, clock.instant());
        Optional<String> id = store.insertOrTakeOver(scan);
        if (id.isEmpty()) {
            return store.find(request.monitorId(), request.dueAt().orElseThrow())
                    .orElseThrow();
        }
        NewScan started = scan.withId(id.get());
        String subject = "account:" + request.accountId();
        try {
            FairScanQueue.ScanPermit permit = request.dueAt().isPresent()
                    ? executor.queue().acquireInBackground("monitors")
                    : executor.queue().acquire(subject);
            return executor.run(started, permit, failure -> {
                if (request.dueAt().isEmpty()) {
                    refusals.record(subject, failure.code());
                }
            });
        } catch (ApiException busy) {
            return executor.recordRejection(started, busy);
        }
    }

    private AcceptedScan admit(Caller caller, Target target) {
        refusals.requireAllowed(subject(caller));
        Optional<ScanQuota> counted = consume(caller);
        FairScanQueue.ScanPermit permit = null;
        try {
            permit = executor.queue().acquire(subject(caller));
            NewScan scan = NewScan.of(target, caller.account().map(Account::id).orElse(null), clock.instant());
            store.insertOrTakeOver(scan);
            return new AcceptedScan(subject(caller), scan, permit, counted);
        } catch (RuntimeException e) {
            if (permit != null) {
                permit.close();
            }
            counted.ifPresent(limits::refund);
            throw e;
        }
    }

    /**
     * Counts a scan. Scans that have not contacted their targets may be refunded, so that the caller can try again soon
     * if there are any.
     */
    private Optional<ScanQuota> consume(Caller caller) {
        try {
            return limits.consume(caller);
        } catch (ApiException limited) {
            throw executor.hasUndecided(subject(caller))
                    ? ApiException.rateLimited(limited.text(), FairScanQueue.RETRY_AFTER)
                    : limited;
        }
    }

    private void giveBack(AcceptedScan admission, ScanExecutor.FailedRun failure) {
        if (!failure.targetContacted()) {
            refusals.record(admission.subject(), failure.code());
            // Last, because the others can be repeated without harm if the database fails in between.
            admission.counted().ifPresent(limits::refund);
        }
    }

    /**
     * Parses a URL as entered by a user.
     *
     * @param url a domain or an http(s) URL; may be null
     * @throws ApiException 400 if the URL is missing or invalid; the message states the reason
     */
    public static Target parseTarget(@Nullable String url) {
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
                .orElseGet(() -> "address:" + caller.address().rateLimitKey());
    }

    private static ApiException exception(ScanFailure failure) {
        return failure.code() == ErrorCode.BUSY
                ? ApiException.busy(failure.message(), FairScanQueue.RETRY_AFTER)
                : ApiException.of(failure.code(), failure.message());
    }

    private record AcceptedScan(
            String subject, NewScan scan, FairScanQueue.ScanPermit permit, Optional<ScanQuota> counted) {}
}
