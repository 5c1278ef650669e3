package dev.websentry.engine.gate;

import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ScoreCalculator;
import dev.websentry.engine.report.ScoreCap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
        boolean complete = isComplete(report, excused);
        int limit =
                caps(report, excused, complete).mapToInt(ScoreCap::limit).min().orElse(100);
        return new GateScore(Math.min(rawScore(report, excused, check -> true), limit), complete);
    }

    /** Returns whether every check that is not excused was checked. */
    static boolean isComplete(Report report, Set<String> excused) {
        return report.checks().noneMatch(check -> check.isUnchecked() && !CategoryPoints.isExcused(check, excused));
    }

    /**
     * Returns the caps that apply.
     *
     * @param complete whether every check that is not excused was checked
     */
    static Stream<ScoreCap> caps(Report report, Set<String> excused, boolean complete) {
        return report.caps().stream()
                .filter(cap -> cap.checkId().map(id -> !excused.contains(id)).orElse(!complete));
    }

    /**
     * Calculates the score before caps from a subset of the checks.
     *
     * @param counts selects the checks to include
     * @return 0 to 100; 0 if no selected check has points
     */
    static int rawScore(Report report, Set<String> excused, Predicate<CheckResult> counts) {
        return CategoryPoints.rawScore(report.categories().stream()
                .map(category -> CategoryPoints.of(
                        category.category(),
                        category.checks().stream().filter(counts).toList(),
                        excused))
                .toList());
    }

    /** Returns the share of its points that a category earned, in percent. */
    static int percent(CategoryResult category, Set<String> excused) {
        CategoryPoints points = CategoryPoints.of(category.category(), category.checks(), excused);
        // A service that does not report the points of single checks reports those of the category.
        int score = points.available() == 0 ? category.score() : points.score();
        return ScoreCalculator.proportion(100, score, category.maxScore());
    }
}
