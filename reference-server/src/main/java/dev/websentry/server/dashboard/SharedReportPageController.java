package dev.websentry.server.dashboard;

import dev.websentry.engine.report.Report;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.scan.ShareService;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves shared reports to anyone who has the share link. */
@Controller
@RequestMapping("/r/{token}")
class SharedReportPageController {
    private final ShareService shares;

    SharedReportPageController(ShareService shares) {
        this.shares = shares;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView show(
            @PathVariable("token") String token,
            @RequestParam(defaultValue = "all") String show,
            HttpServletRequest request) {
        Report report = shares.findSharedScan(token).report();
        return new ModelAndView("report")
                .addObject("report", ReportView.of(report, show))
                .addObject("base", "/r/" + token)
                .addObject("token", token)
                .addObject("shared", LayoutInterceptor.baseUrl(request) + "/r/" + token);
    }

    @GetMapping("/report{extension:\\.json|\\.sarif|\\.html}")
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<byte[]> download(@PathVariable("token") String token, @PathVariable("extension") String extension) {
        return ReportPageController.download(shares.findSharedScan(token).report(), extension);
    }
}
