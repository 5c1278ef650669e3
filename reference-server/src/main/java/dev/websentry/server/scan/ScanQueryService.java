package dev.websentry.server.scan;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.error.ApiException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Reads scans on behalf of a caller. An account can read its own scans; anonymous scans can be read by anyone who knows
 * their id.
 */
@Service
public class ScanQueryService {
    private final ScanRepository store;
    private final ScanSliceRepository pages;
    private final ScanExecutor executor;

    ScanQueryService(ScanRepository store, ScanSliceRepository pages, ScanExecutor executor) {
        this.store = store;
        this.pages = pages;
        this.executor = executor;
    }

    /**
     * Returns a scan in any state that the caller may read.
     *
     * @throws ApiException 404 if there is no such scan or it belongs to another account; 401 if it belongs to an
     *     account and the caller is anonymous
     */
    public Scan scan(Caller caller, String id) {
        return readable(caller, store.find(id).orElseThrow(ScanQueryService::scanNotFound));
    }

    private static Scan readable(Caller caller, Scan scan) {
        if (scan.accountId().isPresent()) {
            Account account = caller.account()
                    .orElseThrow(() -> ApiException.unauthorized(
                            "This scan belongs to an account; log in or send an API key of that account"));
            if (!scan.accountId().get().equals(account.id())) {
                throw scanNotFound();
            }
        }
        return scan;
    }

    /**
     * Returns a scan of the account in any state.
     *
     * @throws ApiException 404 if the account has no such scan
     */
    public Scan ownScan(Account account, String id) {
        return store.find(id)
                .filter(scan -> scan.accountId().filter(account.id()::equals).isPresent())
                .orElseThrow(ScanQueryService::scanNotFound);
    }

    /**
     * Returns a completed scan with its results.
     *
     * @throws ApiException 404 if there is no such scan, it belongs to another account or it is not done; 401 if it
     *     belongs to an account and the caller is anonymous
     */
    public CompletedScan report(Caller caller, String id) {
        ScanRepository.ScanWithResults found = store.findWithResults(id).orElseThrow(ScanQueryService::scanNotFound);
        readable(caller, found.scan());
        return done(found);
    }

    /**
     * Returns the results of a scan, without checking whether the caller may read it.
     *
     * @throws ApiException 404 if the scan is not done
     */
    public CompletedScan report(Scan scan) {
        return done(store.findWithResults(scan.id()).orElseThrow(ScanQueryService::scanNotFound));
    }

    private static CompletedScan done(ScanRepository.ScanWithResults found) {
        Scan scan = found.scan();
        if (scan.gradeSummary().isEmpty()) {
            throw ApiException.notFound(scan.failure()
                    .map(failure -> "This scan has no results: " + failure.message())
                    .orElse("This scan is not complete yet; try again later"));
        }
        return new CompletedScan(scan, found.compressedResults().orElseThrow(ScanQueryService::scanNotFound));
    }

    /** Returns the validity of the certificate that a scan has seen; empty if it has seen none. */
    public Optional<CertificateValidity> certificate(String scanId) {
        return store.findCertificate(scanId);
    }

    /** Returns the last completed scan of a monitor before a time. */
    public Optional<Scan> lastBefore(String monitorId, Instant before) {
        return store.findLastBefore(monitorId, before);
    }

    /** Returns the progress of a scan; empty if the scan has ended or runs on another node. */
    public Optional<ScanProgress> progress(Scan scan) {
        return scan.state() == Scan.ScanState.RUNNING ? executor.progress(scan.id()) : Optional.empty();
    }

    /** Returns a page of the scans of an account, newest first. */
    public ScanSlice findSlice(Account account, ScanSlice.ScanSliceQuery query) {
        return pages.findSlice(account.id(), query);
    }

    static ApiException scanNotFound() {
        return ApiException.notFound("Scan not found");
    }
}
