package dev.websentry.server.dashboard;

import dev.websentry.engine.report.Grade;

/**
 * Maps grades and scores to the CSS class of their color. Color is never the only carrier of meaning: a letter or a
 * word is always shown with it.
 */
final class GradeColor {
    private GradeColor() {}

    /** @param score a score or a percentage, 0 to 100 */
    static String ofScore(int score) {
        return score >= Grade.A.minScore() ? "pass" : score >= Grade.D.minScore() ? "warn" : "fail";
    }

    /** @param label a grade such as A+; an unknown label has no color */
    static String ofGrade(String label) {
        return Grade.ofLabel(label).map(grade -> ofScore(grade.minScore())).orElse("none");
    }
}
