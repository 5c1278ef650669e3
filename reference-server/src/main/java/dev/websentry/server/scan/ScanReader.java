package dev.websentry.server.scan;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Reads scans on behalf of a caller: an account its own, anybody an anonymous one whose id they hold. */
@Service
public class ScanReader {
    private final ScanStore store;
    private final ScanPages pages;
    private final ScanRuns runs;

    ScanReader(ScanStore store, ScanPages pages, ScanRuns runs) {
        this.store = store;
        this.pages = pages;
        this.runs = runs;
    }

    /**
     * A scan that this caller may read, however far it is.
     *
     * @throws ApiException 404, or 401 for somebody without credentials who asks for an account's scan
     */
    public Scan scan(Caller caller, String id) {
        return readable(caller, store.find(id).orElseThrow(ScanReader::unknown));
    }

    private static Scan readable(Caller caller, Scan scan) {
        if (scan.accountId().isPresent()) {
            Account account = caller.account()
                    .orElseThrow(() -> ApiException.unauthorized(
                            "This scan belongs to an account: send its API key, or log in first"));
            if (!scan.accountId().get().equals(account.id())) {
                throw unknown();
            }
        }
        return scan;
    }

    /**
     * An account's own scan, however far it is.
     *
     * @throws ApiException 404
     */
    public Scan own(Account account, String id) {
        return store.find(id)
                .filter(scan -> scan.accountId().filter(account.id()::equals).isPresent())
                .orElseThrow(ScanReader::unknown);
    }

    /**
     * A scan that is done, with its results.
     *
     * @throws ApiException 401, or 404 also while it is not done
     */
    public ScanReport report(Caller caller, String id) {
        ScanStore.Found found = store.findWithResults(id).orElseThrow(ScanReader::unknown);
        readable(caller, found.scan());
        return done(found);
    }

    /**
     * The results of a scan that the caller has been let read.
     *
     * @throws ApiException 404 while it is not done
     */
    public ScanReport report(Scan scan) {
        return done(store.findWithResults(scan.id()).orElseThrow(ScanReader::unknown));
    }

    private static ScanReport done(ScanStore.Found found) {
        Scan scan = found.scan();
        if (scan.verdict().isEmpty()) {
            throw ApiException.notFound(scan.failure()
                    .map(failure -> "This scan has no results: " + failure.message())
                    .orElse("This scan is not done yet"));
        }
        return new ScanReport(scan, found.results().orElseThrow(ScanReader::unknown));
    }

    /** What a scan is doing; empty when it is over, or runs on another node. */
    public Optional<ScanProgress> progress(Scan scan) {
        return scan.state() == Scan.State.RUNNING ? runs.progress(scan.id()) : Optional.empty();
    }

    /** An account's scans, the newest first. */
    public ScanPage page(Account account, ScanPage.Query query) {
        return pages.page(account.id(), query);
    }

    static ApiException unknown() {
        return ApiException.notFound("There is no such scan");
    }
}
