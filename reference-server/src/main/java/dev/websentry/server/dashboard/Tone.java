package dev.websentry.server.dashboard;

import dev.websentry.engine.report.Grade;

/** The colour of a grade or a share, as the style sheet names it. It never stands alone: a letter or a word is beside it. */
final class Tone {
    private Tone() {}

    static String ofScore(int score) {
        return score >= Grade.A.lowestScore() ? "pass" : score >= Grade.D.lowestScore() ? "warn" : "fail";
    }

    static String ofGrade(String label) {
        return Grade.ofLabel(label).map(grade -> ofScore(grade.lowestScore())).orElse("none");
    }
}
