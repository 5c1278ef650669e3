package dev.websentry.engine.report;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckStatus;
import dev.websentry.engine.check.InternalCheckError;
import dev.websentry.engine.check.Remediation;
import java.util.List;
import java.util.Optional;

/**
 * The result of one check in a report.
 *
 * @param id the check id; empty if the report comes from a service that does not report check ids
 * @param outcome the outcome; derived from the documented status and value if the service does not report outcomes
 * @param value what was found
 * @param description what the check requires
 * @param pointHalves the points earned, in half points
 * @param maxPointHalves the points available, in half points; 0 if no points were available
 * @param references the URLs of the rules
 */
public record CheckResult(
        Optional<String> id,
        String name,
        CheckOutcome outcome,
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

    /** Returns the status that the API documents. */
    public CheckStatus status() {
        return outcome.status();
    }

    /** Returns the id, or the name if the report has no check ids. */
    public String label() {
        return id.orElse(name);
    }

    /** Returns whether the check failed or warned. */
    public boolean isFinding() {
        return outcome.isFinding();
    }

    /** Returns whether the check could not be checked. */
    public boolean isUnchecked() {
        return outcome == CheckOutcome.NOT_CHECKED;
    }

    /** Returns whether the check ended with an exception, which is a defect of the scanner. */
    public boolean isInternalError() {
        return isUnchecked() && InternalCheckError.isValueOfError(value);
    }

    /** Returns whether this status is worse: fail is worse than warn, and warn is worse than any other status. */
    public boolean isWorseThan(CheckResult other) {
        return rank() > other.rank();
    }

    private int rank() {
        return switch (status()) {
            case FAIL -> 2;
            case WARN -> 1;
            case PASS, INFO -> 0;
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
