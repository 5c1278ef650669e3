package dev.websentry.engine.gate;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCap;
import dev.websentry.engine.report.Scoring;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The score that the quality gate evaluates. Waived findings count as passed, and their caps do not apply. Without
 * waivers it equals the report's score.
 *
 * @param score 0 to 100
 * @param complete whether every check that is not waived was checked
 */
record GateScore(int score, boolean complete) {
    /** Calculates the score of a report with the given waivers. */
    static GateScore of(Report report, Excused excused) {
        if (excused.byCheck().isEmpty()) {
            return new GateScore(report.score(), report.complete());
        }
        boolean complete = report.categories().stream()
                .flatMap(category -> category.checks().stream())
                .noneMatch(check -> check.isUnchecked() && !excused.contains(check));
        int limit = report.caps().stream()
                .filter(cap ->
                        cap.checkId().isEmpty() ? !complete : !excused.byCheck().containsKey(cap.checkId()))
                .mapToInt(ScoreCap::limit)
                .min()
                .orElse(100);
        return new GateScore(Math.min(raw(report, excused, check -> true), limit), complete);
    }

    /**
     * Calculates the score before caps from a subset of the checks.
     *
     * @param counts selects the checks to include
     * @return 0 to 100; 0 if no selected check has points
     */
    static int raw(Report report, Excused excused, Predicate<CheckResult> counts) {
        int score = 0;
        int max = 0;
        for (CategoryResult category : report.categories()) {
            List<CheckResult> checks = category.checks().stream().filter(counts).toList();
            int available =
                    checks.stream().mapToInt(CheckResult::maxPointHalves).sum();
            if (available > 0) {
                score += Scoring.share(maxScore(category), earned(checks, excused), available);
                max += maxScore(category);
            }
        }
        return max == 0 ? 0 : Scoring.share(100, score, max);
    }

    /** Returns the share of its points that a category earned, in percent. */
    static int percent(CategoryResult category, Excused excused) {
        int available =
                category.checks().stream().mapToInt(CheckResult::maxPointHalves).sum();
        if (available == 0) {
            // The service does not report the points of single checks.
            return Scoring.share(100, category.score(), category.maxScore());
        }
        int score = Scoring.share(category.maxScore(), earned(category.checks(), excused), available);
        return Scoring.share(100, score, category.maxScore());
    }

    private static int earned(List<CheckResult> checks, Excused excused) {
        return checks.stream()
                .mapToInt(check -> excused.contains(check) ? check.maxPointHalves() : check.pointHalves())
                .sum();
    }

    private static int maxScore(CategoryResult category) {
        return Arrays.stream(Category.values())
                .filter(known -> known.key().equals(category.key()))
                .mapToInt(Category::maxScore)
                .findFirst()
                .orElse(category.maxScore());
    }
}
