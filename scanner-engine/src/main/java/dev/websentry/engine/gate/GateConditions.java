package dev.websentry.engine.gate;

import dev.websentry.engine.report.Grade;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a report must meet. Every condition that is set must hold.
 *
 * @param failBelow the lowest grade that passes
 * @param minScore the lowest score that passes, 0 to 100
 * @param failOnIncomplete whether a scan that could not check everything closes the gate
 */
public record GateConditions(Optional<Grade> failBelow, OptionalInt minScore, boolean failOnIncomplete) {
    /** Applies when no condition on grade or score is set. */
    public static final Grade DEFAULT_FAIL_BELOW = Grade.B;

    /** What was not checked must not pass unnoticed. */
    public static final boolean DEFAULT_FAIL_ON_INCOMPLETE = true;

    public GateConditions {
        if (minScore.isPresent() && (minScore.getAsInt() < 0 || minScore.getAsInt() > 100)) {
            throw new IllegalArgumentException("minScore is " + minScore.getAsInt() + ": expected 0 to 100");
        }
        if (failBelow.isEmpty() && minScore.isEmpty()) {
            failBelow = Optional.of(DEFAULT_FAIL_BELOW);
        }
    }
}
