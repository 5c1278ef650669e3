package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJson;
import dev.websentry.engine.report.ReportReader;
import dev.websentry.engine.report.Scoring;
import dev.websentry.engine.report.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Grades a site by all checks, and asserts the properties of every report. */
final class JudgedSite {
    private static final Catalogue CATALOGUE = Catalogue.standard();

    private JudgedSite() {}

    /** Grades a site directly, since recordings reject values that are longer than a scan would read. */
    static Report judge(SeenSite site) {
        return judge(site.bare());
    }

    /**
     * Grades observations and asserts that the report survives writing and reading.
     *
     * @return the report
     */
    static Report judge(Observations seen) {
        List<Judged> verdicts = CATALOGUE.judge(seen);
        Scoring.Scored scored = Scoring.score(verdicts);
        assertTrue(scored.score() >= 0 && scored.score() <= scored.rawScore() && scored.rawScore() <= 100);
        verdicts.forEach(judged -> assertFalse(
                judged.verdict().value().isBlank(), judged.definition().id()));
        Report report = new Report(
                "0123456789abcdef0123456789abcdef",
                seen.target().given(),
                seen.now(),
                Duration.ofMillis(1234),
                scored.score(),
                Grade.ofScore(scored.score()),
                scored.rawScore(),
                scored.categories(),
                scored.caps(),
                scored.complete(),
                Optional.of("https://www.example.com/"),
                Optional.of(new Versions(1, 1, "test")));
        try {
            assertEquals(report, ReportReader.read(ReportJson.text(ReportJson.answer(report))));
        } catch (ReportReader.NotAReport e) {
            throw new AssertionError("the written report cannot be read", e);
        }
        return report;
    }

    /** Returns the result of the check with an ID. */
    static Verdict verdict(Observations seen, String id) {
        return CATALOGUE.checks().stream()
                .filter(check -> check.definition().id().equals(id))
                .map(check -> Catalogue.judge(check, seen).verdict())
                .findFirst()
                .orElseThrow();
    }
}
