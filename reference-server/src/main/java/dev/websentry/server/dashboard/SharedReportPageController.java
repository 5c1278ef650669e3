package dev.websentry.server.dashboard;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.quota.SharedReportLimiter;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ShareService;
import dev.websentry.server.scan.SharedReportCache;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Serves shared reports to anyone who has the share link. */
@Controller
@RequestMapping("/r/{token}")
class SharedReportPageController {
    private final ShareService shares;
    private final SharedReportCache cache;
    private final SharedReportLimiter limiter;
    private final PageRenderer renderer;

    SharedReportPageController(
            ShareService shares, SharedReportCache cache, SharedReportLimiter limiter, PageRenderer renderer) {
        this.shares = shares;
        this.cache = cache;
        this.limiter = limiter;
        this.renderer = renderer;
    }

    /** Returns the page. It is the same for all visitors who are not logged in. */
    @GetMapping
    @RequiresAccess(AccessLevel.ANYONE)
    Object show(
            @PathVariable("token") String token,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        limiter.count(request.getRemoteAddr());
        Scan scan = shares.findSharedScan(token);
        String base = LayoutInterceptor.baseUrl(request);
        if (caller.account().isPresent()) {
            return page(scan, token, base);
        }
        String key = String.join(" ", scan.id(), "page", token, base);
        return cache.get(request, key, () -> renderer.render(page(scan, token, base), request, response));
    }

    private ModelAndView page(Scan scan, String token, String base) {
        return ReportPageController.page(shares.report(scan).report())
                .addObject("base", "/r/" + token)
                .addObject("token", token)
                .addObject("shared", base + "/r/" + token);
    }

    @GetMapping("/report{extension:\\.json|\\.sarif|\\.html}")
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<byte[]> download(
            @PathVariable("token") String token,
            @PathVariable("extension") String extension,
            HttpServletRequest request) {
        limiter.count(request.getRemoteAddr());
        Scan scan = shares.findSharedScan(token);
        return cache.get(
                request,
                scan.id() + " " + extension,
                () -> ReportPageController.download(shares.report(scan).report(), extension));
    }
}
