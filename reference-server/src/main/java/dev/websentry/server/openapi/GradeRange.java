package dev.websentry.server.openapi;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.report.Grade;
import java.util.ArrayList;
import java.util.List;

/**
 * The scores of a grade.
 *
 * @param tone CSS class of the grade's color
 */
public record GradeRange(String grade, String tone, int from, int to) {
    private static final int MAX_SCORE = 100;

    /** Returns the ranges of all grades, best first. */
    static List<GradeRange> all() {
        List<GradeRange> ranges = new ArrayList<>();
        int to = MAX_SCORE;
        for (Grade grade : Grade.values()) {
            String tone = ReportColor.ofGradeLabel(grade.label()).cssClass();
            ranges.add(new GradeRange(grade.label(), tone, grade.minScore(), to));
            to = grade.minScore() - 1;
        }
        return List.copyOf(ranges);
    }
}
