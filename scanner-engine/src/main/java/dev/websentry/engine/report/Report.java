package dev.websentry.engine.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * One scan's result.
 *
 * @param id opaque; 32 hex digits for a scan of this engine
 * @param url the target as it was given
 * @param scannedAt to the millisecond, as is the duration
 * @param rawScore before caps
 * @param caps every limit that applies, also those above the score
 * @param complete whether every check that applies was checked
 * @param finalUrl where the entry's redirects ended; empty when unknown
 * @param versions empty when the report comes from a service that does not tell
 */
public record Report(
        String id,
        String url,
        Instant scannedAt,
        Duration duration,
        int score,
        Grade grade,
        int rawScore,
        List<CategoryResult> categories,
        List<ScoreCap> caps,
        boolean complete,
        Optional<String> finalUrl,
        Optional<Versions> versions) {

    public Report {
        // What the JSON can say, so that a report that is read back equals the one that was written.
        scannedAt = scannedAt.truncatedTo(ChronoUnit.MILLIS);
        duration = duration.truncatedTo(ChronoUnit.MILLIS);
        categories = List.copyOf(categories);
        caps = List.copyOf(caps);
    }

    /** Whether this engine made it, or one that writes the same additions. */
    public boolean isDetailed() {
        return versions.isPresent();
    }
}
