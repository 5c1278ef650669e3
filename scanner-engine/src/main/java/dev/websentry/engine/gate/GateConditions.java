package dev.websentry.engine.gate;

import dev.websentry.engine.report.Grade;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The conditions of the quality gate. A report passes if it meets every condition that is set. All defaults are defined
 * here.
 *
 * @param failBelow the lowest grade that passes; empty only if another condition replaces it
 * @param minScore the lowest score that passes, 0 to 100
 * @param categoryMinimums the minimums of single categories
 * @param failOnIncomplete whether an incomplete scan fails the quality gate
 * @param failOnRegression whether a result worse than the baseline fails the quality gate
 */
public record GateConditions(
        Optional<Grade> failBelow,
        OptionalInt minScore,
        List<CategoryMinimum> categoryMinimums,
        boolean failOnIncomplete,
        boolean failOnRegression) {

    /** The minimum grade if no condition on grade, score or regression is set, or if there is no baseline yet. */
    public static final Grade DEFAULT_FAIL_BELOW = Grade.B;

    /** By default an incomplete scan fails, so that unchecked items do not pass unnoticed. */
    public static final boolean DEFAULT_FAIL_ON_INCOMPLETE = true;

    public static final boolean DEFAULT_FAIL_ON_REGRESSION = false;

    public GateConditions {
        categoryMinimums = List.copyOf(categoryMinimums);
        if (minScore.isPresent() && (minScore.getAsInt() < 0 || minScore.getAsInt() > 100)) {
            throw new IllegalArgumentException("invalid score " + minScore.getAsInt() + "; use 0 to 100");
        }
        if (failBelow.isEmpty() && minScore.isEmpty() && !failOnRegression) {
            failBelow = Optional.of(DEFAULT_FAIL_BELOW);
        }
    }

    /** Creates conditions on grade, score and completeness only. */
    public GateConditions(Optional<Grade> failBelow, OptionalInt minScore, boolean failOnIncomplete) {
        this(failBelow, minScore, List.of(), failOnIncomplete, false);
    }

    /** Returns the default conditions: grade B or better, and a complete scan. */
    public static GateConditions defaults() {
        return new GateConditions(Optional.empty(), OptionalInt.empty(), DEFAULT_FAIL_ON_INCOMPLETE);
    }
}
