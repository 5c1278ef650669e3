package dev.websentry.server.scan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.Moments;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The API endpoints of scans. */
@RestController
class ScanController {
    private final ScanService scans;
    private final ScanReader reader;

    ScanController(ScanService scans, ScanReader reader) {
        this.scans = scans;
        this.reader = reader;
    }

    @PostMapping("/api/scan")
    @AllowedTo(Who.ANYONE)
    Finished scan(Caller caller, @RequestBody Wanted wanted) {
        Scan scan = scans.scan(caller, wanted.url());
        Scan.Verdict verdict = scan.verdict().orElseThrow();
        return new Finished(true, scan.id(), scan.url(), verdict.grade(), verdict.score());
    }

    /** Starts a scan without waiting for its end; {@link #progress} returns its progress. */
    @PostMapping("/api/scans")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @AllowedTo(Who.ANYONE)
    Started start(Caller caller, @RequestBody Wanted wanted) {
        Scan scan = scans.start(caller, wanted.url());
        return new Started(true, scan.id(), scan.url());
    }

    @GetMapping(path = "/api/scan/{id}/json", produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedTo(Who.ANYONE)
    ResponseEntity<byte[]> show(Caller caller, @PathVariable String id) {
        return ScanAnswer.of(reader.report(caller, id));
    }

    @GetMapping("/api/scan/{id}/progress")
    @AllowedTo(Who.ANYONE)
    ProgressAnswer progress(Caller caller, @PathVariable String id) {
        Scan scan = reader.scan(caller, id);
        return ProgressAnswer.of(scan, reader.progress(scan));
    }

    @GetMapping("/api/scans")
    @AllowedTo(Who.ACCOUNT)
    PageAnswer list(
            Caller caller,
            @RequestParam Optional<String> site,
            @RequestParam Optional<String> after,
            @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > ScanPage.LARGEST) {
            throw ApiException.invalid("The parameter 'limit' is " + limit + ": expected 1 to " + ScanPage.LARGEST);
        }
        Account account = caller.account().orElseThrow();
        return PageAnswer.of(reader.page(account, new ScanPage.Query(site, after, limit)));
    }

    /** The request body of a scan. */
    record Wanted(String url) {
        Wanted(@Nullable String url) {
            // Validated before the scan is counted, so that an invalid URL does not use up quota.
            this.url = ScanService.target(url).given();
        }
    }

    /** The response to a completed scan. */
    record Finished(boolean ok, String scanId, String url, String grade, int score) {}

    /** The response to a scan that was started and still runs. */
    record Started(boolean ok, String scanId, String url) {}

    /** A page of the scans of an account. */
    record PageAnswer(
            boolean ok, List<Listed> scans, @Nullable String next) {
        static PageAnswer of(ScanPage page) {
            return new PageAnswer(
                    true,
                    page.scans().stream().map(Listed::of).toList(),
                    page.next().orElse(null));
        }
    }

    /** An entry of a list of scans: with grade and score if the scan is done, with an error if it failed. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Listed(
            String id,
            String url,
            String state,
            @Nullable String grade,
            @Nullable Integer score,
            @Nullable String error,
            @Nullable String monitorId,
            String createdAt) {
        static Listed of(Scan scan) {
            return new Listed(
                    scan.id(),
                    scan.url(),
                    scan.state().wire(),
                    scan.verdict().map(Scan.Verdict::grade).orElse(null),
                    scan.verdict().map(Scan.Verdict::score).orElse(null),
                    scan.failure().map(Scan.Failure::message).orElse(null),
                    scan.monitorId().orElse(null),
                    Moments.seconds(scan.createdAt()));
        }
    }

    /** The response with the progress of a scan. */
    record ProgressAnswer(boolean ok, Body progress) {
        static ProgressAnswer of(Scan scan, Optional<ScanProgress> progress) {
            List<Stage> stages = progress.stream()
                    .flatMap(now -> now.stages().stream())
                    .map(Stage::of)
                    .toList();
            boolean waiting = progress.map(ScanProgress::waiting).orElse(false);
            return new ProgressAnswer(
                    true,
                    new Body(
                            scan.id(),
                            scan.url(),
                            waiting ? "waiting" : scan.state().wire(),
                            stages,
                            scan.verdict().map(Scan.Verdict::grade).orElse(null),
                            scan.verdict().map(Scan.Verdict::score).orElse(null),
                            scan.failure().map(Scan.Failure::message).orElse(null),
                            scan.failure().map(failure -> failure.code().wire()).orElse(null)));
        }
    }

    /**
     * The progress of a scan.
     *
     * @param state waiting, running, done, failed or interrupted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            String id,
            String url,
            String state,
            List<Stage> stages,
            @Nullable String grade,
            @Nullable Integer score,
            @Nullable String error,
            @Nullable String code) {}

    /**
     * A stage of a scan that has started.
     *
     * @param durationMs null while the stage runs
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Stage(String name, @Nullable Long durationMs) {
        static Stage of(ScanProgress.Step step) {
            return new Stage(
                    step.name(), step.took().map(took -> took.toMillis()).orElse(null));
        }
    }
}
