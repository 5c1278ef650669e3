package dev.websentry.engine.gate;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.Scoring;
import dev.websentry.engine.report.Versions;
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
public final class Reports {
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private int scoring = 1;
    private String url = "https://shop.example.com";

    public static Reports allPassed() {
        Reports reports = new Reports();
        for (Category category : Category.values()) {
            reports.set(category.key() + ".main", Verdict.pass("fine"));
        }
        return reports;
    }

    public Reports set(String id, Verdict verdict) {
        verdicts.put(id, verdict);
        return this;
    }

    public Reports set(String id, Outcome outcome) {
        return set(
                id,
                Verdict.of(outcome, outcome == Outcome.NOT_CHECKED ? "Not checked: no answer" : "found " + outcome));
    }

    public Reports scoring(int version) {
        scoring = version;
        return this;
    }

    public Reports url(String other) {
        url = other;
        return this;
    }

    public Report build() {
        List<Judged> evaluated = new ArrayList<>();
        verdicts.forEach((id, verdict) -> {
            Category category =
                    Category.valueOf(id.substring(0, id.indexOf('.')).toUpperCase(java.util.Locale.ROOT));
            evaluated.add(new Judged(
                    Definition.of(id, id, category, category.maxScore()).build(), verdict));
        });
        Scoring.Scored scored = Scoring.score(evaluated);
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
                Optional.of(url + "/"),
                Optional.of(new Versions(1, scoring, "test")));
    }
}
