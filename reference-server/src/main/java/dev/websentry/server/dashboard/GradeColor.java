package dev.websentry.server.dashboard;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.report.Grade;

/** Maps the grades of stored scans to the CSS class of their color. */
final class GradeColor {
    private GradeColor() {}

    /** @param label a grade such as A+; an unknown label has no color */
    static String ofGrade(String label) {
        return Grade.ofLabel(label)
                .map(ReportColor::ofGrade)
                .orElse(ReportColor.NONE)
                .cssClass();
    }
}
