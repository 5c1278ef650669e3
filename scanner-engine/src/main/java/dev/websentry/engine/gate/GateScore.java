package dev.websentry.engine.gate;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCalculator;
import dev.websentry.engine.report.ScoreCap;
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
    static GateScore of(Report report, AppliedWaivers excused) {
        if (excused.byCheckId().isEmpty()) {
            return new GateScore(report.score(), report.complete());
        }
        boolean complete = report.categories().stream()
                .flatMap(category -> category.checks().stream())
                .noneMatch(check -> check.isUnchecked() && !excused.isWaived(check));
        int limit = report.caps().stream()
                .filter(cap -> cap.checkId().isEmpty()
                        ? !complete
                        : !excused.byCheckId().containsKey(cap.checkId()))
                .mapToInt(ScoreCap::limit)
                .min()
                .orElse(100);
        return new GateScore(Math.min(rawScore(report, excused, check -> true), limit), complete);
    }

    /**
     * Calculates the score before caps from a subset of the checks.
     *
     * @param counts selects the checks to include
     * @return 0 to 100; 0 if no selected check has points
     */
    static int rawScore(Report report, AppliedWaivers excused, Predicate<CheckResult> counts) {
        int score = 0;
        int max = 0;
        for (CategoryResult category : report.categories()) {
            List<CheckResult> checks = category.checks().stream().filter(counts).toList();
            int available =
                    checks.stream().mapToInt(CheckResult::maxPointHalves).sum();
            if (available > 0) {
                score += ScoreCalculator.proportion(maxScore(category), earned(checks, excused), available);
                max += maxScore(category);
            }
        }
        return max == 0 ? 0 : ScoreCalculator.proportion(100, score, max);
    }

    /** Returns the share of its points that a category earned, in percent. */
    static int percent(CategoryResult category, AppliedWaivers excused) {
        int available =
                category.checks().stream().mapToInt(CheckResult::maxPointHalves).sum();
        if (available == 0) {
            // The service does not report the points of single checks.
            return ScoreCalculator.proportion(100, category.score(), category.maxScore());
        }
        int score = ScoreCalculator.proportion(category.maxScore(), earned(category.checks(), excused), available);
        return ScoreCalculator.proportion(100, score, category.maxScore());
    }

    private static int earned(List<CheckResult> checks, AppliedWaivers excused) {
        return checks.stream()
                .mapToInt(check -> excused.isWaived(check) ? check.maxPointHalves() : check.pointHalves())
                .sum();
    }

    private static int maxScore(CategoryResult category) {
        return Arrays.stream(CheckCategory.values())
                .filter(known -> known.key().equals(category.key()))
                .mapToInt(CheckCategory::maxScore)
                .findFirst()
                .orElse(category.maxScore());
    }
}
