package dev.websentry.server.dashboard;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.output.html.HtmlReport;
import dev.websentry.engine.report.Report;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanQueryService;
import dev.websentry.server.scan.ShareService;
import dev.websentry.server.scan.SiteHistoryRepository;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/** Serves the pages of one scan: its progress, then its report, which can also be downloaded as a file. */
@Controller
@RequestMapping("/scans/{id:[0-9a-f]{32}}")
class ReportPageController {
    private final ScanQueryService reader;
    private final ShareService shares;
    private final SiteHistoryRepository sites;
    private final Clock clock;

    ReportPageController(ScanQueryService reader, ShareService shares, SiteHistoryRepository sites, Clock clock) {
        this.reader = reader;
        this.shares = shares;
        this.sites = sites;
        this.clock = clock;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView show(@PathVariable("id") String id, Caller caller, HttpServletRequest request) {
        Scan scan = reader.scan(caller, id);
        return switch (scan.state()) {
            case RUNNING -> running(scan);
            case FAILED, INTERRUPTED ->
                new ModelAndView("scan-failed")
                        .addObject("url", scan.url())
                        .addObject("created", DisplayTime.of(scan.createdAt()))
                        .addObject(
                                "reason",
                                scan.failure()
                                        .map(Scan.ScanFailure::message)
                                        .orElse("The scan ended before it was complete"));
            case DONE -> report(scan, request);
        };
    }

    private ModelAndView running(Scan scan) {
        long elapsed =
                Math.max(0, Duration.between(scan.createdAt(), clock.instant()).toSeconds());
        return new ModelAndView("scan-running")
                .addObject("id", scan.id())
                .addObject("url", scan.url())
                .addObject("elapsed", elapsed)
                .addObject("progress", ScanProgressView.of(true, reader.progress(scan)));
    }

    private ModelAndView report(Scan scan, HttpServletRequest request) {
        ModelAndView page = page(reader.report(scan).report())
                .addObject("base", "/scans/" + scan.id())
                .addObject("id", scan.id())
                .addObject("site", scan.site())
                .addObject("own", scan.accountId().isPresent())
                .addObject("expires", scan.accountId().isEmpty());
        if (scan.accountId().isPresent()) {
            page.addObject("previous", sites.findPrevious(scan).orElse(null));
            shares.findToken(scan.id())
                    .ifPresent(token -> page.addObject("token", token)
                            .addObject("shared", LayoutInterceptor.baseUrl(request) + "/r/" + token));
        }
        return page;
    }

    /** Returns the page of a report, in which the rendering of the engine is included. */
    static ModelAndView page(Report report) {
        return new ModelAndView("report")
                .addObject("url", report.url())
                .addObject("grade", report.grade().label())
                .addObject("body", HtmlReport.body(report, Optional.empty()));
    }

    /** Returns the progress as JSON; the page of a running scan polls it. */
    @GetMapping("/progress")
    @ResponseBody
    @RequiresAccess(AccessLevel.ANYONE)
    ScanProgressView progress(@PathVariable("id") String id, Caller caller) {
        Scan scan = reader.scan(caller, id);
        return ScanProgressView.of(scan.state() == Scan.ScanState.RUNNING, reader.progress(scan));
    }

    @GetMapping("/report{extension:\\.json|\\.sarif|\\.html}")
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<byte[]> download(
            @PathVariable("id") String id, @PathVariable("extension") String extension, Caller caller) {
        return download(reader.report(caller, id).report(), extension);
    }

    @PostMapping("/share")
    @RequiresAccess(AccessLevel.SESSION)
    String share(@PathVariable("id") String id, Caller.SessionCaller caller) {
        shares.create(caller.owner(), id);
        return "redirect:/scans/" + id + "?done=shared#share";
    }

    @PostMapping("/unshare")
    @RequiresAccess(AccessLevel.SESSION)
    String unshare(@PathVariable("id") String id, Caller.SessionCaller caller) {
        shares.revoke(caller.owner(), id);
        return "redirect:/scans/" + id + "?done=unshared#share";
    }

    /**
     * Returns the report as a download. It is an attachment, so that the HTML report does not run in this server's
     * origin.
     *
     * @param extension a file extension with its dot, such as {@code .json}
     */
    static ResponseEntity<byte[]> download(Report report, String extension) {
        ReportFormat format = List.of(ReportFormat.values()).stream()
                .filter(one -> one.extension().equals(extension))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("Unknown report format; use .json, .sarif or .html"));
        GateResult passed = new GateResult(report.score(), List.of(), List.of(), List.of());
        String type = format == ReportFormat.HTML ? "text/html;charset=UTF-8" : "application/json";
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("websentry-" + report.id() + extension)
                                .build()
                                .toString())
                .body(format.write(report, passed).getBytes(StandardCharsets.UTF_8));
    }
}
