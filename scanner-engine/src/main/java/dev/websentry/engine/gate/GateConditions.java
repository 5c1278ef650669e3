package dev.websentry.engine.gate;

import dev.websentry.engine.report.Grade;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a report must meet. Every condition that is set must hold. The defaults are written here and nowhere else.
 *
 * @param failBelow the lowest grade that passes; empty only where another condition stands in for it
 * @param minScore the lowest score that passes, 0 to 100
 * @param categoryMinimums what single categories must reach
 * @param failOnIncomplete whether a scan that could not check everything closes the gate
 * @param failOnRegression whether a result worse than the baseline closes it
 */
public record GateConditions(
        Optional<Grade> failBelow,
        OptionalInt minScore,
        List<CategoryMinimum> categoryMinimums,
        boolean failOnIncomplete,
        boolean failOnRegression) {

    /** Applies when no condition on grade, score or regression is set, and when there is no baseline yet. */
    public static final Grade DEFAULT_FAIL_BELOW = Grade.B;

    /** What was not checked must not pass unnoticed. */
    public static final boolean DEFAULT_FAIL_ON_INCOMPLETE = true;

    public GateConditions {
        categoryMinimums = List.copyOf(categoryMinimums);
        if (minScore.isPresent() && (minScore.getAsInt() < 0 || minScore.getAsInt() > 100)) {
            throw new IllegalArgumentException("'" + minScore.getAsInt() + "' is not a score: expected 0 to 100");
        }
        if (failBelow.isEmpty() && minScore.isEmpty() && !failOnRegression) {
            failBelow = Optional.of(DEFAULT_FAIL_BELOW);
        }
    }

    /** Conditions on grade, score and completeness alone. */
    public GateConditions(Optional<Grade> failBelow, OptionalInt minScore, boolean failOnIncomplete) {
        this(failBelow, minScore, List.of(), failOnIncomplete, false);
    }

    /** The default gate: B or better, and complete. */
    public static GateConditions defaults() {
        return new GateConditions(Optional.empty(), OptionalInt.empty(), true);
    }
}
