package dev.websentry.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of a check on one site.
 *
 * @param outcome the outcome
 * @param value one line that states what was found and which rule applied
 * @param evidence the headers, records or handshake facts that were evaluated; never secrets or cookie values
 * @param remediation set when this finding needs a different remediation than the one in the check's definition
 * @param caps limits that this verdict sets on the score
 */
public record CheckVerdict(
        CheckOutcome outcome,
        String value,
        List<String> evidence,
        Optional<Remediation> remediation,
        List<CheckScoreCap> caps) {

    /** The prefix of every NOT_CHECKED value. Clients that read reports without outcomes rely on it. */
    public static final String NOT_CHECKED_PREFIX = "Not checked: ";

    public CheckVerdict {
        evidence = List.copyOf(evidence);
        caps = List.copyOf(caps);
    }

    public static CheckVerdict of(CheckOutcome outcome, String value) {
        return new CheckVerdict(outcome, value, List.of(), Optional.empty(), List.of());
    }

    public static CheckVerdict pass(String value) {
        return of(CheckOutcome.PASS, value);
    }

    public static CheckVerdict warn(String value) {
        return of(CheckOutcome.WARN, value);
    }

    public static CheckVerdict fail(String value) {
        return of(CheckOutcome.FAIL, value);
    }

    public static CheckVerdict info(String value) {
        return of(CheckOutcome.INFO, value);
    }

    public static CheckVerdict nothingToProtect(String value) {
        return of(CheckOutcome.NOTHING_TO_PROTECT, value);
    }

    public static CheckVerdict notApplicable(String value) {
        return of(CheckOutcome.NOT_APPLICABLE, value);
    }

    /**
     * Returns a verdict with the outcome NOT_CHECKED.
     *
     * @param reason why the check could not run; a phrase that follows "Not checked: "
     * @return the verdict
     */
    public static CheckVerdict notChecked(String reason) {
        return of(CheckOutcome.NOT_CHECKED, NOT_CHECKED_PREFIX + reason);
    }

    /** Returns a copy with another line of evidence. */
    public CheckVerdict evidence(String line) {
        return evidence(List.of(line));
    }

    /** Returns a copy with more lines of evidence. */
    public CheckVerdict evidence(List<String> lines) {
        List<String> more = new ArrayList<>(evidence);
        more.addAll(lines);
        return new CheckVerdict(outcome, value, more, remediation, caps);
    }

    /** Returns a copy with a remediation that overrides the one in the check's definition. */
    public CheckVerdict withRemediation(Remediation remedy) {
        return new CheckVerdict(outcome, value, evidence, Optional.of(remedy), caps);
    }

    /**
     * Returns a copy that also limits the score.
     *
     * @param limit the highest possible score, 0 to 100
     * @param reason why the score is capped
     * @return the copy
     */
    public CheckVerdict withScoreCap(int limit, String reason) {
        List<CheckScoreCap> more = new ArrayList<>(caps);
        more.add(new CheckScoreCap(limit, reason));
        return new CheckVerdict(outcome, value, evidence, remediation, more);
    }
}
