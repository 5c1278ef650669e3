package dev.websentry.engine.report;

import java.util.List;

/**
 * One category's result.
 *
 * @param key the documented key
 * @param maxScore the documented maximum, or 0 when nothing in the category could be earned
 * @param grade on the documented scale, or N/A
 */
public record CategoryResult(String key, String name, int score, int maxScore, String grade, List<CheckResult> checks) {
    /** The grade of a category in which nothing could be earned. */
    public static final String NO_GRADE = "N/A";

    public CategoryResult {
        checks = List.copyOf(checks);
    }
}
