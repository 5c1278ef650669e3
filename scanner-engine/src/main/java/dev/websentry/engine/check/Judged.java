package dev.websentry.engine.check;

/** A check's papers together with its verdict. */
public record Judged(Definition definition, Verdict verdict) {
    public Judged {
        boolean informs = definition.points() == 0;
        if (informs != (verdict.outcome() == Outcome.INFO)) {
            throw new IllegalStateException(
                    definition.id() + " is worth " + definition.points() + " points but ended in " + verdict.outcome());
        }
    }

    public Remediation remediation() {
        return verdict.remediation().orElse(definition.remediation());
    }
}
