package dev.websentry.server.scan;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.websentry.server.answer.Moments;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What {@code GET /api/scan/:scanId/json} answers. */
record ScanAnswer(boolean ok, Body scan) {
    static ScanAnswer of(ScanReport done) {
        Scan scan = done.scan();
        Scan.Verdict verdict = scan.verdict().orElseThrow();
        return new ScanAnswer(
                true,
                new Body(
                        scan.id(),
                        scan.url(),
                        verdict.grade(),
                        verdict.score(),
                        done.results(),
                        Moments.seconds(scan.createdAt())));
    }

    /** @param results goes out as it was stored */
    @JsonNaming(SnakeCaseStrategy.class)
    record Body(
            String id,
            String url,
            String grade,
            int score,
            @JsonRawValue String results,
            String createdAt) {}
}
