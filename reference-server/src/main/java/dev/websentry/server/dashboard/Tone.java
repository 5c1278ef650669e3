package dev.websentry.server.dashboard;

import dev.websentry.engine.report.Grade;

/**
 * Maps grades and scores to the CSS class of their color. Color is never the only carrier of meaning: a letter or a
 * word is always shown with it.
 */
final class Tone {
    private Tone() {}

    /** @param score a score or a percentage, 0 to 100 */
    static String ofScore(int score) {
        return score >= Grade.A.lowestScore() ? "pass" : score >= Grade.D.lowestScore() ? "warn" : "fail";
    }

    /** @param label a grade such as A+; an unknown label has no color */
    static String ofGrade(String label) {
        return Grade.ofLabel(label).map(grade -> ofScore(grade.lowestScore())).orElse("none");
    }
}
