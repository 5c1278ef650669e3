package dev.websentry.engine.gate;

import java.util.List;

/**
 * Whether a build may go on.
 *
 * @param reasons why not; empty when it may
 */
public record GateResult(List<String> reasons) {
    public GateResult {
        reasons = List.copyOf(reasons);
    }

    public boolean isOpen() {
        return reasons.isEmpty();
    }
}
