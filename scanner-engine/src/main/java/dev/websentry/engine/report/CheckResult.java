package dev.websentry.engine.report;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.InternalCheckError;
import dev.websentry.engine.check.Remediation;
import java.util.List;
import java.util.Optional;

/**
 * The result of one check in a report.
 *
 * @param id the check id; empty if the report comes from a service that does not report check ids
 * @param status the documented status: pass, warn, fail or info
 * @param outcome the exact outcome; empty if the id is empty
 * @param value what was found
 * @param description what the check requires
 * @param pointHalves the points earned, in half points
 * @param maxPointHalves the points available, in half points; 0 if no points were available
 * @param references the URLs of the rules
 */
public record CheckResult(
        String id,
        String name,
        String status,
        Optional<CheckOutcome> outcome,
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

    /** Returns whether the check failed or warned. */
    public boolean isFinding() {
        return status.equals("warn") || status.equals("fail");
    }

    /** Returns whether the check could not be checked. Uses the prefix of the value if the report has no outcomes. */
    public boolean isUnchecked() {
        return outcome.map(CheckOutcome.NOT_CHECKED::equals).orElse(value.startsWith("Not checked:"));
    }

    /** Returns whether the check ended with an exception, which is a defect of the scanner. */
    public boolean isInternalError() {
        return status.equals("info") && InternalCheckError.isValueOfError(value);
    }

    /** Returns whether this status is worse: fail is worse than warn, and warn is worse than any other status. */
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

    /** Returns the points earned, a multiple of 0.5. */
    public double points() {
        return pointHalves / 2.0;
    }

    /** Returns the points available, a multiple of 0.5. */
    public double maxPoints() {
        return maxPointHalves / 2.0;
    }
}
