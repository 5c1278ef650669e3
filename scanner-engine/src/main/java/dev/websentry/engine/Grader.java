package dev.websentry.engine;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportVersions;
import dev.websentry.engine.report.ScoreCalculator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Grades the observations of a scan with the checks and the scoring rules of this engine version. The observations
 * can come from a scan or from a recording. Apart from the report's random id, the result depends only on the
 * arguments.
 */
public final class Grader {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CheckCatalog CATALOG = CheckCatalog.standard();

    private Grader() {}

    /**
     * Evaluates all checks and builds the report.
     *
     * @param seen the observations of one scan; not null
     * @param duration how long the scan took
     * @return the graded report, with a new random id
     */
    public static Report grade(ScanObservations seen, Duration duration) {
        return grade(CATALOG, seen, duration);
    }

    /**
     * Evaluates the checks of a catalog and builds the report.
     *
     * @param checks the catalog
     * @param seen the observations of one scan
     * @param duration how long the scan took
     * @return the graded report, with a new random id
     */
    public static Report grade(CheckCatalog checks, ScanObservations seen, Duration duration) {
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(checks.evaluate(seen));
        return new Report(
                newId(),
                seen.target().input(),
                seen.now(),
                duration,
                scored.score(),
                Grade.ofScore(scored.score()),
                scored.rawScore(),
                scored.categories(),
                scored.caps(),
                scored.complete(),
                finalUrl(seen),
                Optional.of(ReportVersions.current()));
    }

    private static Optional<String> finalUrl(ScanObservations seen) {
        return seen.site().entry() instanceof Observation.Seen<RedirectChain> entry
                ? Optional.of(entry.value().last().url().toString())
                : Optional.empty();
    }

    private static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
