package dev.websentry.server.scan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.ApiTimestamps;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The API endpoints of scans. */
@RestController
class ScanController {
    private static final String LIMIT_RANGE =
            "The parameter 'limit' is ${validatedValue}: expected 1 to " + ScanSlice.MAX_LIMIT;

    private final ScanService scans;
    private final ScanQueryService reader;

    ScanController(ScanService scans, ScanQueryService reader) {
        this.scans = scans;
        this.reader = reader;
    }

    @PostMapping("/api/scan")
    @RequiresAccess(AccessLevel.ANYONE)
    CompletedScanResponse scan(Caller caller, @RequestBody CreateScanRequest wanted) {
        Scan scan = scans.scan(caller, wanted.url());
        Scan.GradeSummary verdict = scan.gradeSummary().orElseThrow();
        return new CompletedScanResponse(true, scan.id(), scan.url(), verdict.grade(), verdict.score());
    }

    /** Starts a scan without waiting for its end; {@link #progress} returns its progress. */
    @PostMapping("/api/scans")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @RequiresAccess(AccessLevel.ANYONE)
    StartedScanResponse start(Caller caller, @RequestBody CreateScanRequest wanted) {
        Scan scan = scans.start(caller, wanted.url());
        return new StartedScanResponse(true, scan.id(), scan.url());
    }

    @GetMapping(path = "/api/scan/{id}/json", produces = MediaType.APPLICATION_JSON_VALUE)
    @RequiresAccess(AccessLevel.ANYONE)
    @Nullable
    ResponseEntity<byte[]> show(Caller caller, @PathVariable String id, ServletWebRequest request) {
        if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null && isUnchanged(reader.scan(caller, id), request)) {
            return null;
        }
        return ScanReportResponse.revalidated(
                reader.report(caller, id), Gzip.isAccepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING)));
    }

    /** Answers a conditional request without reading the results, which are large. */
    private static boolean isUnchanged(Scan scan, ServletWebRequest request) {
        return scan.gradeSummary().isPresent() && request.checkNotModified(ScanReportResponse.etag(scan));
    }

    @GetMapping("/api/scan/{id}/progress")
    @RequiresAccess(AccessLevel.ANYONE)
    ScanProgressResponse progress(Caller caller, @PathVariable String id) {
        Scan scan = reader.scan(caller, id);
        return ScanProgressResponse.of(scan, reader.progress(scan));
    }

    @GetMapping("/api/scans")
    @RequiresAccess(AccessLevel.ACCOUNT)
    ScanListResponse list(
            Caller caller,
            @RequestParam Optional<String> site,
            @RequestParam Optional<String> after,
            @RequestParam(defaultValue = "20")
                    @Min(value = 1, message = LIMIT_RANGE)
                    @Max(value = ScanSlice.MAX_LIMIT, message = LIMIT_RANGE)
                    int limit) {
        Account account = caller.account().orElseThrow();
        return ScanListResponse.of(reader.findSlice(account, new ScanSlice.ScanSliceQuery(site, after, limit)));
    }

    /** The request body of a scan. */
    record CreateScanRequest(@Nullable String url) {}

    /** The response to a completed scan. */
    record CompletedScanResponse(boolean ok, String scanId, String url, String grade, int score) {}

    /** The response to a scan that was started and still runs. */
    record StartedScanResponse(boolean ok, String scanId, String url) {}

    /** A page of the scans of an account. */
    record ScanListResponse(
            boolean ok, List<ScanListEntry> scans, @Nullable String next) {
        static ScanListResponse of(ScanSlice page) {
            return new ScanListResponse(
                    true,
                    page.scans().stream().map(ScanListEntry::of).toList(),
                    page.next().orElse(null));
        }
    }

    /** An entry of a list of scans: with grade and score if the scan is done, with an error if it failed. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ScanListEntry(
            String id,
            String url,
            String state,
            @Nullable String grade,
            @Nullable Integer score,
            @Nullable String error,
            @Nullable String monitorId,
            String createdAt) {
        static ScanListEntry of(Scan scan) {
            return new ScanListEntry(
                    scan.id(),
                    scan.url(),
                    scan.state().wire(),
                    scan.gradeSummary().map(Scan.GradeSummary::grade).orElse(null),
                    scan.gradeSummary().map(Scan.GradeSummary::score).orElse(null),
                    scan.failure().map(Scan.ScanFailure::message).orElse(null),
                    scan.monitorId().orElse(null),
                    ApiTimestamps.format(scan.createdAt()));
        }
    }

    /** The response with the progress of a scan. */
    record ScanProgressResponse(boolean ok, ScanProgressBody progress) {
        static ScanProgressResponse of(Scan scan, Optional<ScanProgress> progress) {
            List<StageProgressBody> stages = progress.stream()
                    .flatMap(now -> now.stages().stream())
                    .map(StageProgressBody::of)
                    .toList();
            boolean waiting = progress.map(ScanProgress::waiting).orElse(false);
            return new ScanProgressResponse(
                    true,
                    new ScanProgressBody(
                            scan.id(),
                            scan.url(),
                            waiting ? "waiting" : scan.state().wire(),
                            stages,
                            scan.gradeSummary().map(Scan.GradeSummary::grade).orElse(null),
                            scan.gradeSummary().map(Scan.GradeSummary::score).orElse(null),
                            scan.failure().map(Scan.ScanFailure::message).orElse(null),
                            scan.failure()
                                    .map(failure -> failure.code().wireName())
                                    .orElse(null),
                            scan.failure()
                                    .flatMap(failure -> failure.code().reason())
                                    .orElse(null)));
        }
    }

    /**
     * The progress of a scan.
     *
     * @param state waiting, running, done, failed or interrupted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ScanProgressBody(
            String id,
            String url,
            String state,
            List<StageProgressBody> stages,
            @Nullable String grade,
            @Nullable Integer score,
            @Nullable String error,
            @Nullable String code,
            @Nullable String reason) {}

    /**
     * A stage of a scan that has started.
     *
     * @param durationMs null while the stage runs
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record StageProgressBody(String name, @Nullable Long durationMs) {
        static StageProgressBody of(ScanProgress.StageProgress step) {
            return new StageProgressBody(
                    step.name(), step.took().map(took -> took.toMillis()).orElse(null));
        }
    }
}
