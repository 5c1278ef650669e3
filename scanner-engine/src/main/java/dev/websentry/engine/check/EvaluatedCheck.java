package dev.websentry.engine.check;

/**
 * An evaluated check: its definition and its verdict.
 *
 * @param definition the metadata of the check
 * @param verdict the verdict; its outcome is INFO exactly for checks without points
 */
public record EvaluatedCheck(CheckDefinition definition, CheckVerdict verdict) {
    public EvaluatedCheck {
        boolean informational = definition.points() == 0;
        if (informational != (verdict.outcome() == CheckOutcome.INFO)) {
            throw new IllegalStateException("check " + definition.id() + " has " + definition.points()
                    + " points but outcome " + verdict.outcome());
        }
    }

    /** Returns the verdict's remediation if it has one, else that of the definition. */
    public Remediation remediation() {
        return verdict.remediation().orElse(definition.remediation());
    }
}
