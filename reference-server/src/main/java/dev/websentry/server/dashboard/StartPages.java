package dev.websentry.server.dashboard;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorCode;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanPage;
import dev.websentry.server.scan.ScanReader;
import dev.websentry.server.scan.ScanService;
import dev.websentry.server.usage.ScanLimits;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the home page with the scan form, and starts scans. */
@Controller
class StartPages {
    private static final int RECENT = 5;

    private final ScanService scans;
    private final ScanReader reader;
    private final ScanLimits limits;

    StartPages(ScanService scans, ScanReader reader, ScanLimits limits) {
        this.scans = scans;
        this.reader = reader;
        this.limits = limits;
    }

    @GetMapping("/")
    @AllowedTo(Who.ANYONE)
    ModelAndView show(@RequestParam(defaultValue = "") String url, Caller caller) {
        return fillModel(new ModelAndView("start"), caller).addObject("url", url);
    }

    @PostMapping("/scan")
    @AllowedTo(Who.ANYONE)
    ModelAndView scan(@RequestParam(defaultValue = "") String url, Caller caller) {
        try {
            Scan scan = scans.start(caller, url);
            return new ModelAndView("redirect:/scans/" + scan.id());
        } catch (ApiException refused) {
            return fillModel(FormAnswer.refused("start", refused), caller)
                    .addObject("url", url)
                    .addObject("limited", refused.code() == ErrorCode.RATE_LIMITED);
        }
    }

    private ModelAndView fillModel(ModelAndView page, Caller caller) {
        List<ScanLine> recent = caller.account()
                .map(account -> reader.page(account, new ScanPage.Query(Optional.empty(), Optional.empty(), RECENT)))
                .map(part -> part.scans().stream().map(ScanLine::of).toList())
                .orElse(List.of());
        page.addObject("recent", recent);
        limits.of(caller)
                .ifPresent(quota -> page.addObject("limit", quota.limit())
                        .addObject("left", Math.max(0, quota.limit() - limits.used(quota))));
        return page;
    }
}
