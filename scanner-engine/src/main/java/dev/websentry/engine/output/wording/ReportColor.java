package dev.websentry.engine.output.wording;

import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The colors of grades and outcomes, in every output that has colors. Color is never the only carrier of meaning: a
 * letter or a word is always shown with it. Each color has a contrast of at least 4.5:1 against the background of its
 * color scheme (WCAG 2.2, success criterion 1.4.3), and the light one also as a background of white text.
 */
public enum ReportColor {
    PASS("#17702f", "#5fce80"),
    WARN("#855200", "#e9b44c"),
    FAIL("#b91c2b", "#ff8d86"),
    NONE("#566070", "#a3aebc");

    private final String light;
    private final String dark;

    ReportColor(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** Returns the color of a grade: green for the grades that pass the quality gate by default. */
    public static ReportColor ofGrade(Grade grade) {
        return switch (grade) {
            case A_PLUS, A, B -> PASS;
            case C, D -> WARN;
            case F -> FAIL;
        };
    }

    /** Returns the color of a grade by its label, such as A+; NONE if there is no such grade. */
    public static ReportColor ofGradeLabel(String label) {
        return Grade.ofLabel(label).map(ReportColor::ofGrade).orElse(NONE);
    }

    /** Returns the color of the outcome of a check. */
    public static ReportColor ofCheck(CheckResult check) {
        return switch (check.outcome()) {
            case PASS, NOTHING_TO_PROTECT -> PASS;
            case WARN, NOT_CHECKED -> WARN;
            case FAIL -> FAIL;
            case NOT_APPLICABLE, INFO -> NONE;
        };
    }

    /** Returns the name of the color in style sheets: pass, warn, fail or none. */
    public String cssClass() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the color on a light background, as {@code #rrggbb}. */
    public String light() {
        return light;
    }

    /** Returns the color on a dark background, as {@code #rrggbb}. */
    public String dark() {
        return dark;
    }

    /** Returns CSS declarations of the custom properties {@code --ws-pass} and so on, for light and dark schemes. */
    public static String palette() {
        return Arrays.stream(values())
                .map(color -> "--ws-" + color.cssClass() + ": light-dark(" + color.light + ", " + color.dark + ");")
                .collect(Collectors.joining(" "));
    }
}
