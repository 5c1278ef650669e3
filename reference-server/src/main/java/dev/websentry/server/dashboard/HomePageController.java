package dev.websentry.server.dashboard;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.quota.ScanQuotaService;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanQueryService;
import dev.websentry.server.scan.ScanService;
import dev.websentry.server.scan.ScanSlice;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the home page with the scan form, and starts scans. */
@Controller
class HomePageController {
    private static final int RECENT = 5;

    private final ScanService scans;
    private final ScanQueryService reader;
    private final ScanQuotaService limits;

    HomePageController(ScanService scans, ScanQueryService reader, ScanQuotaService limits) {
        this.scans = scans;
        this.reader = reader;
        this.limits = limits;
    }

    @GetMapping("/")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView show(@RequestParam(defaultValue = "") String url, Caller caller) {
        return fillModel(new ModelAndView("start"), caller).addObject("url", url);
    }

    @PostMapping("/scan")
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView scan(@RequestParam(defaultValue = "") String url, Caller caller) {
        try {
            Scan scan = scans.start(caller, url);
            return new ModelAndView("redirect:/scans/" + scan.id());
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("start", refused), caller)
                    .addObject("url", url)
                    .addObject("limited", refused.code() == ErrorCode.RATE_LIMITED);
        }
    }

    private ModelAndView fillModel(ModelAndView page, Caller caller) {
        List<ScanListItem> recent = caller.account()
                .map(account -> reader.findSlice(
                        account, new ScanSlice.ScanSliceQuery(Optional.empty(), Optional.empty(), RECENT)))
                .map(part -> ScanListItem.of(part.scans()))
                .orElse(List.of());
        page.addObject("recent", recent);
        limits.quotaOf(caller)
                .ifPresent(quota -> page.addObject("limit", quota.limit())
                        .addObject("left", Math.max(0, quota.limit() - limits.used(quota))));
        return page;
    }
}
