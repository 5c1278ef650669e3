package dev.websentry.engine.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The report of one scan.
 *
 * @param id an opaque id; 32 hexadecimal digits for a scan of this engine
 * @param url the target as the user entered it
 * @param scannedAt the start of the scan, with millisecond precision
 * @param duration the duration of the scan, with millisecond precision
 * @param score the score after caps, 0 to 100
 * @param grade the grade of the score
 * @param rawScore the score before caps, 0 to 100
 * @param caps all caps that apply, including those above the score
 * @param complete whether every applicable check was checked
 * @param finalUrl the URL after all redirects of the entry page; empty if unknown
 * @param versions the versions that produced the report; empty if the service does not report them
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
        Optional<ReportVersions> versions) {

    public Report {
        // The precision of the JSON, so that a report that is read back equals the one that was written.
        scannedAt = scannedAt.truncatedTo(ChronoUnit.MILLIS);
        duration = duration.truncatedTo(ChronoUnit.MILLIS);
        categories = List.copyOf(categories);
        caps = List.copyOf(caps);
    }

    /** Returns the checks of all categories. */
    public Stream<CheckResult> checks() {
        return categories.stream().flatMap(category -> category.checks().stream());
    }

    /** Returns the checks that ended with an exception, which is a defect of the scanner. */
    public List<CheckResult> internalErrors() {
        return checks().filter(CheckResult::isInternalError).toList();
    }

    /** Returns whether the report has the fields that this engine adds to the documented ones. */
    public boolean isDetailed() {
        return versions.isPresent();
    }
}
