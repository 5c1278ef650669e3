package dev.websentry.server.export;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.quota.HourlyLimiter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Streams the export of the caller's account. */
@Controller
class AccountExportController {
    private static final int MAX_EXPORTS_PER_HOUR = 10;

    private final AccountExport export;
    private final HourlyLimiter limits;
    private final AuditLog audit;

    AccountExportController(AccountExport export, HourlyLimiter limits, AuditLog audit) {
        this.export = export;
        this.limits = limits;
        this.audit = audit;
    }

    @GetMapping("/account/export")
    @RequiresAccess(AccessLevel.SESSION)
    void download(Caller.SessionCaller caller, HttpServletResponse response) throws IOException {
        limits.count(
                "export:" + caller.owner().id(),
                MAX_EXPORTS_PER_HOUR,
                "Rate limit exceeded. At most " + MAX_EXPORTS_PER_HOUR + " exports are possible per hour.");
        // Before the first byte, because the download of a client that disconnects still contained data.
        audit.record(AuditAction.DATA_EXPORTED, caller.owner().id());
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"websentry-account.zip\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        export.write(caller.owner(), response.getOutputStream());
    }
}
