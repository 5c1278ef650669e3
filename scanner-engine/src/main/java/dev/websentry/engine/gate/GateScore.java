package dev.websentry.engine.gate;

import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCalculator;
import dev.websentry.engine.report.ScoreCap;
import java.util.List;
import java.util.Set;
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
        return of(report, excused.byCheckId().keySet());
    }

    /**
     * Calculates the score of a report with some checks counted as passed.
     *
     * @param excused the ids of these checks
     */
    static GateScore of(Report report, Set<String> excused) {
        if (excused.isEmpty()) {
            return new GateScore(report.score(), report.complete());
        }
        boolean complete = report.checks().noneMatch(check -> check.isUnchecked() && !isExcused(check, excused));
        int limit = report.caps().stream()
                .filter(cap -> cap.checkId().map(id -> !excused.contains(id)).orElse(!complete))
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
    static int rawScore(Report report, Set<String> excused, Predicate<CheckResult> counts) {
        int score = 0;
        int max = 0;
        for (CategoryResult category : report.categories()) {
            List<CheckResult> checks = category.checks().stream().filter(counts).toList();
            int available =
                    checks.stream().mapToInt(CheckResult::maxPointHalves).sum();
            if (available > 0) {
                int maxScore = category.category().maxScore();
                score += ScoreCalculator.proportion(maxScore, earned(checks, excused), available);
                max += maxScore;
            }
        }
        return max == 0 ? 0 : ScoreCalculator.proportion(100, score, max);
    }

    /** Returns the share of its points that a category earned, in percent. */
    static int percent(CategoryResult category, Set<String> excused) {
        int available =
                category.checks().stream().mapToInt(CheckResult::maxPointHalves).sum();
        if (available == 0) {
            // The service does not report the points of single checks.
            return ScoreCalculator.proportion(100, category.score(), category.maxScore());
        }
        int score = ScoreCalculator.proportion(category.maxScore(), earned(category.checks(), excused), available);
        return ScoreCalculator.proportion(100, score, category.maxScore());
    }

    private static int earned(List<CheckResult> checks, Set<String> excused) {
        return checks.stream()
                .mapToInt(check -> isExcused(check, excused) ? check.maxPointHalves() : check.pointHalves())
                .sum();
    }

    private static boolean isExcused(CheckResult check, Set<String> excused) {
        return check.id().filter(excused::contains).isPresent();
    }
}
