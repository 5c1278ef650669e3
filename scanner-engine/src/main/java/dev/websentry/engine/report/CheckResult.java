package dev.websentry.engine.report;

import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Remediation;
import java.util.List;
import java.util.Optional;

/**
 * One check's line in a report.
 *
 * @param id empty when the report comes from a service that does not name its checks' ids
 * @param status the documented word: pass, warn, fail or info
 * @param outcome empty under the same condition as the id
 * @param pointHalves points earned, in halves
 * @param maxPointHalves points that could be earned, in halves; 0 when nothing was available
 */
public record CheckResult(
        String id,
        String name,
        String status,
        Optional<Outcome> outcome,
        String value,
        String description,
        int pointHalves,
        int maxPointHalves,
        List<String> evidence,
        Remediation remediation,
        List<String> references) {

    public CheckResult {
        evidence = List.copyOf(evidence);
        references = List.copyOf(references);
    }

    public boolean isFinding() {
        return status.equals("warn") || status.equals("fail");
    }

    /** Also for a report that has no outcomes: its values tell. */
    public boolean isUnchecked() {
        return outcome.map(Outcome.NOT_CHECKED::equals).orElse(value.startsWith("Not checked:"));
    }

    /** Whether it ended worse: fail is worse than warn, and warn than anything else. */
    public boolean isWorseThan(CheckResult other) {
        return rank() > other.rank();
    }

    private int rank() {
        return switch (status) {
            case "fail" -> 2;
            case "warn" -> 1;
            default -> 0;
        };
    }

    public double points() {
        return pointHalves / 2.0;
    }

    public double maxPoints() {
        return maxPointHalves / 2.0;
    }
}
