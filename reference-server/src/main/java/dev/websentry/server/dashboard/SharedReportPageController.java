package dev.websentry.server.dashboard;

import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.scan.ShareService;
import jakarta.servlet.http.HttpServletRequest;
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

    SharedReportPageController(ShareService shares) {
        this.shares = shares;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.ANYONE)
    ModelAndView show(
            @PathVariable("token") String token, HttpServletRequest request) {
        return ReportPageController.page(shares.findSharedScan(token).report())
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
