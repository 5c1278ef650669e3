package dev.websentry.server.export;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.audit.AuditAction;
import dev.websentry.server.audit.AuditLog;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.quota.UsageCounterRepository;
import dev.websentry.server.quota.UsageCounterRepository.UsageCounterKey;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Streams the export of the caller's account. */
@Controller
class AccountExportController {
    private static final int MAX_EXPORTS_PER_HOUR = 10;

    private final AccountExport export;
    private final UsageCounterRepository counters;
    private final AuditLog audit;
    private final Clock clock;

    AccountExportController(AccountExport export, UsageCounterRepository counters, AuditLog audit, Clock clock) {
        this.export = export;
        this.counters = counters;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/account/export")
    @RequiresAccess(AccessLevel.SESSION)
    void download(Caller.SessionCaller caller, HttpServletResponse response) throws IOException {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        Instant next = hour.plus(Duration.ofHours(1));
        UsageCounterKey counter = new UsageCounterKey("export:" + caller.owner().id(), hour.toString());
        if (!counters.tryIncrement(counter, MAX_EXPORTS_PER_HOUR, next)) {
            throw ApiException.rateLimited(
                    "Rate limit exceeded. At most " + MAX_EXPORTS_PER_HOUR + " exports are possible per hour.",
                    Duration.between(clock.instant(), next));
        }
        // Before the first byte, because the download of a client that disconnects still contained data.
        audit.record(AuditAction.DATA_EXPORTED, caller.owner().id());
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"websentry-account.zip\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        export.write(caller.owner(), response.getOutputStream());
    }
}
