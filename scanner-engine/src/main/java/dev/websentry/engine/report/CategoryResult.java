package dev.websentry.engine.report;

import java.util.List;

/**
 * The result of one category in a report.
 *
 * @param key the documented key, such as {@code ssl}
 * @param name the title of the category
 * @param score the points earned, 0 to {@code maxScore}
 * @param maxScore the documented maximum, or 0 if no points were available in the category
 * @param grade a grade of the documented scale, or {@link #NO_GRADE}
 */
public record CategoryResult(String key, String name, int score, int maxScore, String grade, List<CheckResult> checks) {
    /** The grade of a category in which no points were available. */
    public static final String NO_GRADE = "N/A";

    public CategoryResult {
        checks = List.copyOf(checks);
    }
}
