package dev.websentry.server.scan;

import dev.websentry.engine.output.SvgBadge;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.SuccessResponse;
import org.springframework.http.CacheControl;
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

    ShareController(ShareService shares) {
        this.shares = shares;
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
    ResponseEntity<byte[]> open(@PathVariable String token) {
        return ScanReportResponse.of(shares.findSharedScan(token));
    }

    /** Returns the badge. It is not cached, so that a revoked badge disappears, and may be embedded by any site. */
    @GetMapping("/r/{token}/badge.svg")
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<String> badge(@PathVariable String token) {
        String badge = SvgBadge.write(shares.findSharedScan(token).report());
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.noCache())
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body(badge);
    }

    /**
     * The response to a request that shares a report.
     *
     * @param path the path of the shared page
     */
    record ShareResponse(boolean ok, String token, String path) {}
}
