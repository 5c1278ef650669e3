package dev.websentry.server.dashboard;

import dev.websentry.engine.output.html.ReportStyleSheet;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Serves the engine's style sheet of reports, which also defines the colors of grades and outcomes. */
@Controller
class ReportStyleSheetController {
    private static final MediaType CSS = new MediaType("text", "css", StandardCharsets.UTF_8);
    private static final Duration MAX_AGE = Duration.ofHours(1);

    @GetMapping("/assets/report.css")
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<String> styleSheet() {
        return ResponseEntity.ok()
                .contentType(CSS)
                .cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
                .body(ReportStyleSheet.css());
    }
}
