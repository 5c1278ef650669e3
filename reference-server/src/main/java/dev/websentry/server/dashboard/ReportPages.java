package dev.websentry.server.dashboard;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.output.Format;
import dev.websentry.engine.report.Report;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanReader;
import dev.websentry.server.scan.Shares;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/** Serves the pages of one scan: its progress, then its report, which can also be downloaded as a file. */
@Controller
@RequestMapping("/scans/{id:[0-9a-f]{32}}")
class ReportPages {
    private final ScanReader reader;
    private final Shares shares;
    private final Clock clock;

    ReportPages(ScanReader reader, Shares shares, Clock clock) {
        this.reader = reader;
        this.shares = shares;
        this.clock = clock;
    }

    @GetMapping
    @AllowedTo(Who.ANYONE)
    ModelAndView show(
            @PathVariable("id") String id,
            @RequestParam(defaultValue = "all") String show,
            Caller caller,
            HttpServletRequest request) {
        Scan scan = reader.scan(caller, id);
        return switch (scan.state()) {
            case RUNNING -> running(scan);
            case FAILED, INTERRUPTED ->
                new ModelAndView("scan-failed")
                        .addObject("url", scan.url())
                        .addObject("created", When.of(scan.createdAt()))
                        .addObject(
                                "reason",
                                scan.failure()
                                        .map(Scan.Failure::message)
                                        .orElse("The scan ended before it was complete"));
            case DONE -> report(scan, show, request);
        };
    }

    private ModelAndView running(Scan scan) {
        long elapsed =
                Math.max(0, Duration.between(scan.createdAt(), clock.instant()).toSeconds());
        return new ModelAndView("scan-running")
                .addObject("id", scan.id())
                .addObject("url", scan.url())
                .addObject("elapsed", elapsed)
                .addObject("progress", ProgressView.of(true, reader.progress(scan)));
    }

    private ModelAndView report(Scan scan, String show, HttpServletRequest request) {
        Report report = reader.report(scan).report();
        ModelAndView page = new ModelAndView("report")
                .addObject("report", ReportView.of(report, show))
                .addObject("base", "/scans/" + scan.id())
                .addObject("site", scan.site())
                .addObject("own", scan.accountId().isPresent())
                .addObject("expires", scan.accountId().isEmpty());
        if (scan.accountId().isPresent()) {
            shares.of(scan.id())
                    .ifPresent(token ->
                            page.addObject("token", token).addObject("shared", Layout.origin(request) + "/r/" + token));
        }
        return page;
    }

    /** Returns the progress as JSON; the page of a running scan polls it. */
    @GetMapping("/progress")
    @ResponseBody
    @AllowedTo(Who.ANYONE)
    ProgressView progress(@PathVariable("id") String id, Caller caller) {
        Scan scan = reader.scan(caller, id);
        return ProgressView.of(scan.state() == Scan.State.RUNNING, reader.progress(scan));
    }

    @GetMapping("/report{extension:\\.json|\\.sarif|\\.html}")
    @AllowedTo(Who.ANYONE)
    ResponseEntity<byte[]> download(
            @PathVariable("id") String id, @PathVariable("extension") String extension, Caller caller) {
        return file(reader.report(caller, id).report(), extension);
    }

    @PostMapping("/share")
    @AllowedTo(Who.SESSION)
    String share(@PathVariable("id") String id, Caller.SessionAccount caller) {
        shares.create(caller.owner(), id);
        return "redirect:/scans/" + id + "?done=shared#share";
    }

    @PostMapping("/unshare")
    @AllowedTo(Who.SESSION)
    String unshare(@PathVariable("id") String id, Caller.SessionAccount caller) {
        shares.revoke(caller.owner(), id);
        return "redirect:/scans/" + id + "?done=unshared#share";
    }

    /**
     * Returns the report as a download. It is an attachment, so that the HTML report does not run in this server's
     * origin.
     *
     * @param extension a file extension with its dot, such as {@code .json}
     */
    static ResponseEntity<byte[]> file(Report report, String extension) {
        Format format = List.of(Format.values()).stream()
                .filter(one -> one.ending().equals(extension))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("Unknown report format; use .json, .sarif or .html"));
        GateResult passed = new GateResult(report.score(), List.of(), List.of(), List.of());
        String type = format == Format.HTML ? "text/html;charset=UTF-8" : "application/json";
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
