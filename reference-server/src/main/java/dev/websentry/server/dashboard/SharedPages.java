package dev.websentry.server.dashboard;

import dev.websentry.engine.report.Report;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.scan.Shares;
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
class SharedPages {
    private final Shares shares;

    SharedPages(Shares shares) {
        this.shares = shares;
    }

    @GetMapping
    @AllowedTo(Who.ANYONE)
    ModelAndView show(
            @PathVariable("token") String token,
            @RequestParam(defaultValue = "all") String show,
            HttpServletRequest request) {
        Report report = shares.open(token).report();
        return new ModelAndView("report")
                .addObject("report", ReportView.of(report, show))
                .addObject("base", "/r/" + token)
                .addObject("token", token)
                .addObject("shared", Layout.origin(request) + "/r/" + token);
    }

    @GetMapping("/report{extension:\\.json|\\.sarif|\\.html}")
    @AllowedTo(Who.ANYONE)
    ResponseEntity<byte[]> download(@PathVariable("token") String token, @PathVariable("extension") String extension) {
        return ReportPages.file(shares.open(token).report(), extension);
    }
}
