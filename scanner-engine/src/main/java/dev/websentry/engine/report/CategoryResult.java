package dev.websentry.engine.report;

import dev.websentry.engine.check.CheckCategory;
import java.util.List;
import java.util.Optional;

/**
 * The result of one category in a report.
 *
 * @param score the points earned, 0 to {@code maxScore}
 * @param maxScore the documented maximum, or 0 if no points were available in the category
 * @param grade the grade of the category; empty if no points were available
 */
public record CategoryResult(
        CheckCategory category, int score, int maxScore, Optional<Grade> grade, List<CheckResult> checks) {
    /** The label of the grade of a category in which no points were available. */
    static final String NO_GRADE = "N/A";

    public CategoryResult {
        checks = List.copyOf(checks);
    }

    /** Returns the documented key, such as {@code ssl}. */
    public String key() {
        return category.key();
    }

    /** Returns the title of the category. */
    public String name() {
        return category.title();
    }

    /** Returns the label of the grade, or {@code N/A} if no points were available. */
    public String gradeLabel() {
        return grade.map(Grade::label).orElse(NO_GRADE);
    }
}
