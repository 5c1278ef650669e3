package dev.websentry.engine.gate;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportVersions;
import dev.websentry.engine.report.ScoreCalculator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds reports with one check per category, which has all points of the category. Checks pass unless a test sets
 * them.
 */
public final class TestReportBuilder {
    private final Map<String, CheckVerdict> verdicts = new LinkedHashMap<>();
    private boolean hasFinalUrl = true;
    private int scoring = 1;
    private String url = "https://shop.example.com";

    public static TestReportBuilder allPassed() {
        TestReportBuilder reports = new TestReportBuilder();
        for (CheckCategory category : CheckCategory.values()) {
            reports.set(category.key() + ".main", CheckVerdict.pass("fine"));
        }
        return reports;
    }

    public TestReportBuilder set(String id, CheckVerdict verdict) {
        verdicts.put(id, verdict);
        return this;
    }

    public TestReportBuilder set(String id, CheckOutcome outcome) {
        return set(
                id,
                CheckVerdict.of(
                        outcome, outcome == CheckOutcome.NOT_CHECKED ? "Not checked: no answer" : "found " + outcome));
    }

    public TestReportBuilder scoring(int version) {
        scoring = version;
        return this;
    }

    /** Leaves out the final URL, as reports of servers without that field do. */
    public TestReportBuilder withoutFinalUrl() {
        hasFinalUrl = false;
        return this;
    }

    public TestReportBuilder url(String other) {
        url = other;
        return this;
    }

    public Report build() {
        List<EvaluatedCheck> evaluated = new ArrayList<>();
        verdicts.forEach((id, verdict) -> {
            CheckCategory category =
                    CheckCategory.valueOf(id.substring(0, id.indexOf('.')).toUpperCase(java.util.Locale.ROOT));
            evaluated.add(new EvaluatedCheck(
                    CheckDefinition.scored(id, id, category, category.maxScore())
                            .build(),
                    verdict));
        });
        ScoreCalculator.ScoringResult scored = ScoreCalculator.calculate(evaluated);
        return new Report(
                "0123456789abcdef0123456789abcdef",
                url,
                Instant.parse("2026-03-01T12:00:00Z"),
                Duration.ofMillis(1234),
                scored.score(),
                Grade.ofScore(scored.score()),
                scored.rawScore(),
                scored.categories(),
                scored.caps(),
                scored.complete(),
                hasFinalUrl ? Optional.of(url + "/") : Optional.empty(),
                Optional.of(new ReportVersions(1, scoring, "test")));
    }
}
