package dev.websentry.engine.gate;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.ScoreCalculator;
import java.util.List;
import java.util.Set;

/**
 * The points of one category, from which the score before caps is calculated.
 *
 * @param earned the points earned, in half points
 * @param available the points available, in half points; 0 if the category does not count
 */
record CategoryPoints(CheckCategory category, int earned, int available) {
    /**
     * Adds up the points of checks.
     *
     * @param excused the ids of checks that count as passed
     */
    static CategoryPoints of(CheckCategory category, List<CheckResult> checks, Set<String> excused) {
        return new CategoryPoints(
                category,
                checks.stream()
                        .mapToInt(check -> isExcused(check, excused) ? check.maxPointHalves() : check.pointHalves())
                        .sum(),
                checks.stream().mapToInt(CheckResult::maxPointHalves).sum());
    }

    static boolean isExcused(CheckResult check, Set<String> excused) {
        return check.id().filter(excused::contains).isPresent();
    }

    /** Returns a copy with more earned points. */
    CategoryPoints plus(int halves) {
        return new CategoryPoints(category, earned + halves, available);
    }

    /** Returns the score of the category, 0 to its maximum. There must be available points. */
    int score() {
        return ScoreCalculator.proportion(category.maxScore(), earned, available);
    }

    /** Returns the score before caps, 0 to 100; 0 if no category counts. */
    static int rawScore(List<CategoryPoints> categories) {
        int score = 0;
        int max = 0;
        for (CategoryPoints points : categories) {
            if (points.available > 0) {
                score += points.score();
                max += points.category.maxScore();
            }
        }
        return max == 0 ? 0 : ScoreCalculator.proportion(100, score, max);
    }
}
