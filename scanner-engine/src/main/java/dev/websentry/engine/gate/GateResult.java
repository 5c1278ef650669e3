package dev.websentry.engine.gate;

import dev.websentry.engine.report.Grade;
import java.util.List;
import java.util.Optional;

/**
 * Whether a build may go on.
 *
 * @param score the score that was judged: the report's, or with waivers the gate's own
 * @param reasons why not; empty when it may
 * @param notes what a reader should know beside: waivers that excuse nothing, a baseline that is not there yet
 * @param waived the waivers that excuse a finding of this report
 */
public record GateResult(int score, List<String> reasons, List<String> notes, List<Waiver> waived) {
    public GateResult {
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        waived = List.copyOf(waived);
    }

    public boolean isOpen() {
        return reasons.isEmpty();
    }

    public Grade grade() {
        return Grade.ofScore(score);
    }

    /** Whether this check's finding is excused. */
    public boolean isWaived(String checkId) {
        return waiver(checkId).isPresent();
    }

    /** The waiver that excuses this check's finding. */
    public Optional<Waiver> waiver(String checkId) {
        return waived.stream()
                .filter(waiver -> waiver.checkId().equals(checkId))
                .findFirst();
    }
}
