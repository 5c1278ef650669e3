package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.InternalCheckError;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.engine.report.ReportJsonWriter;
import dev.websentry.engine.report.ReportVersions;
import dev.websentry.engine.report.ScoreCalculator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Grades a site by all checks, and asserts the properties of every report. */
final class SiteGrader {
    private static final CheckCatalog CATALOG = CheckCatalog.standard();

    private SiteGrader() {}

    /** Grades a site directly, since recordings reject values that are longer than a scan would read. */
    static Report grade(ObservedSite site) {
        return grade(site.unrecordedObservations());
    }

    /**
     * Grades observations and asserts that the report survives writing and reading.
     *
     * @return the report
     */
    static Report grade(ScanObservations seen) {
        List<EvaluatedCheck> verdicts = CATALOG.evaluate(seen);
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(verdicts);
        assertTrue(scored.score() >= 0 && scored.score() <= scored.rawScore() && scored.rawScore() <= 100);
        verdicts.forEach(judged -> assertFalse(
                judged.verdict().value().isBlank(), judged.definition().id()));
        Report report = new Report(
                "0123456789abcdef0123456789abcdef",
                seen.target().input(),
                seen.now(),
                Duration.ofMillis(1234),
                scored.score(),
                Grade.ofScore(scored.score()),
                scored.rawScore(),
                scored.categories(),
                scored.caps(),
                scored.complete(),
                Optional.of("https://www.example.com/"),
                Optional.of(new ReportVersions(1, 1, "test")));
        assertEquals(List.of(), report.internalErrors());
        try {
            assertEquals(
                    report, ReportJsonReader.read(ReportJsonWriter.toPrettyString(ReportJsonWriter.toJson(report))));
        } catch (ReportJsonReader.InvalidReportException e) {
            throw new AssertionError("the written report cannot be read", e);
        }
        return report;
    }

    /** Returns the result of the check with an ID. */
    static CheckVerdict verdict(ScanObservations seen, String id) {
        return CATALOG.checks().stream()
                .filter(check -> check.definition().id().equals(id))
                .map(check -> CheckCatalog.evaluate(check, seen).verdict())
                .findFirst()
                .filter(verdict -> !InternalCheckError.isValueOfError(verdict.value()))
                .orElseThrow();
    }
}
