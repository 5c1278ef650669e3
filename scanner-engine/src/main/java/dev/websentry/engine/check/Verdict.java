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
public record Verdict(
        Outcome outcome, String value, List<String> evidence, Optional<Remediation> remediation, List<Cap> caps) {

    /** The prefix of every NOT_CHECKED value. Clients that read reports without outcomes rely on it. */
    public static final String NOT_CHECKED_PREFIX = "Not checked: ";

    public Verdict {
        evidence = List.copyOf(evidence);
        caps = List.copyOf(caps);
    }

    public static Verdict of(Outcome outcome, String value) {
        return new Verdict(outcome, value, List.of(), Optional.empty(), List.of());
    }

    public static Verdict pass(String value) {
        return of(Outcome.PASS, value);
    }

    public static Verdict warn(String value) {
        return of(Outcome.WARN, value);
    }

    public static Verdict fail(String value) {
        return of(Outcome.FAIL, value);
    }

    public static Verdict info(String value) {
        return of(Outcome.INFO, value);
    }

    public static Verdict nothingToProtect(String value) {
        return of(Outcome.NOTHING_TO_PROTECT, value);
    }

    public static Verdict notApplicable(String value) {
        return of(Outcome.NOT_APPLICABLE, value);
    }

    /**
     * Returns a verdict with the outcome NOT_CHECKED.
     *
     * @param reason why the check could not run; a phrase that follows "Not checked: "
     * @return the verdict
     */
    public static Verdict notChecked(String reason) {
        return of(Outcome.NOT_CHECKED, NOT_CHECKED_PREFIX + reason);
    }

    /** Returns a copy with another line of evidence. */
    public Verdict evidence(String line) {
        return evidence(List.of(line));
    }

    /** Returns a copy with more lines of evidence. */
    public Verdict evidence(List<String> lines) {
        List<String> more = new ArrayList<>(evidence);
        more.addAll(lines);
        return new Verdict(outcome, value, more, remediation, caps);
    }

    /** Returns a copy with a remediation that overrides the one in the check's definition. */
    public Verdict remedy(Remediation remedy) {
        return new Verdict(outcome, value, evidence, Optional.of(remedy), caps);
    }

    /**
     * Returns a copy that also limits the score.
     *
     * @param limit the highest possible score, 0 to 100
     * @param reason why the score is capped
     * @return the copy
     */
    public Verdict cap(int limit, String reason) {
        List<Cap> more = new ArrayList<>(caps);
        more.add(new Cap(limit, reason));
        return new Verdict(outcome, value, evidence, remediation, more);
    }
}
