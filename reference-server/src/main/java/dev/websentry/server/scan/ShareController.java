package dev.websentry.server.scan;

import dev.websentry.engine.output.SvgBadge;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.SuccessResponse;
import dev.websentry.server.quota.SharedReportLimiter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API endpoints that share a report, and the public endpoints of shared reports. */
@RestController
class ShareController {
    private static final MediaType SVG = new MediaType("image", "svg+xml");

    private final ShareService shares;
    private final SharedReportCache cache;
    private final SharedReportLimiter limiter;

    ShareController(ShareService shares, SharedReportCache cache, SharedReportLimiter limiter) {
        this.shares = shares;
        this.cache = cache;
        this.limiter = limiter;
    }

    @PostMapping("/api/scan/{id}/share")
    @RequiresAccess(AccessLevel.ACCOUNT)
    ShareResponse share(Caller caller, @PathVariable String id) {
        String token = shares.create(caller.account().orElseThrow(), id);
        return new ShareResponse(true, token, "/r/" + token);
    }

    @DeleteMapping("/api/scan/{id}/share")
    @RequiresAccess(AccessLevel.ACCOUNT)
    SuccessResponse revoke(Caller caller, @PathVariable String id) {
        shares.revoke(caller.account().orElseThrow(), id);
        return SuccessResponse.OK;
    }

    @GetMapping(path = "/api/r/{token}", produces = MediaType.APPLICATION_JSON_VALUE)
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<byte[]> open(@PathVariable String token, HttpServletRequest request) {
        limiter.count(request.getRemoteAddr());
        Scan scan = shares.findSharedScan(token);
        return cache.get(request, scan.id() + " api", () -> ScanReportResponse.of(shares.report(scan)));
    }

    /** Returns the badge, which any site may embed. */
    @GetMapping("/r/{token}/badge.svg")
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<byte[]> badge(@PathVariable String token, HttpServletRequest request) {
        limiter.count(request.getRemoteAddr());
        Scan scan = shares.findSharedScan(token);
        return cache.get(
                request,
                scan.id() + " badge",
                () -> ResponseEntity.ok()
                        .contentType(SVG)
                        .header("Cross-Origin-Resource-Policy", "cross-origin")
                        .body(SvgBadge.write(shares.report(scan).report()).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The response to a request that shares a report.
     *
     * @param path the path of the shared page
     */
    record ShareResponse(boolean ok, String token, String path) {}
}
