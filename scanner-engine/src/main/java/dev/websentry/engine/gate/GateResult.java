package dev.websentry.engine.gate;

import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of the quality gate for one report.
 *
 * @param score the score that was evaluated, 0 to 100: the report's score, recalculated if waivers apply
 * @param reasons why the quality gate failed; empty if it passed
 * @param notes additional information, such as waivers without effect or a missing baseline
 * @param waived the waivers that apply to a finding of this report
 */
public record GateResult(int score, List<String> reasons, List<String> notes, List<Waiver> waived) {
    public GateResult {
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        waived = List.copyOf(waived);
    }

    /** Returns a copy with additional notes. */
    public GateResult withNotes(List<String> more) {
        return new GateResult(
                score, reasons, Stream.concat(notes.stream(), more.stream()).toList(), waived);
    }

    /** Returns whether the quality gate passed. */
    public boolean isPassed() {
        return reasons.isEmpty();
    }

    /** Returns whether a result worse than the baseline is one of the reasons. */
    public boolean hasRegression() {
        return reasons.stream().anyMatch(reason -> reason.startsWith(RegressionDetector.PREFIX));
    }

    /** Returns the grade of {@link #score}. */
    public Grade grade() {
        return Grade.ofScore(score);
    }

    /** Returns whether a waiver applies to the finding of this check. */
    public boolean isWaived(CheckResult check) {
        return waiver(check).isPresent();
    }

    /** Returns the waiver that applies to the finding of this check. */
    public Optional<Waiver> waiver(CheckResult check) {
        return check.id()
                .flatMap(id -> waived.stream()
                        .filter(waiver -> waiver.checkId().equals(id))
                        .findFirst());
    }
}
