package dev.websentry.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a check has to say of one site.
 *
 * @param value one line: what was found, and which rule decided
 * @param evidence the raw header, record or handshake fact that was judged; no secret and no cookie value
 * @param remediation set when this finding needs other words than the check's own remedy
 * @param caps limits that this verdict puts on the score
 */
public record Verdict(
        Outcome outcome, String value, List<String> evidence, Optional<Remediation> remediation, List<Cap> caps) {

    /** What every NOT_CHECKED value begins with; readers of old reports rely on it. */
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

    /** @param reason a phrase that reads well after "Not checked: " */
    public static Verdict notChecked(String reason) {
        return of(Outcome.NOT_CHECKED, NOT_CHECKED_PREFIX + reason);
    }

    public Verdict evidence(String line) {
        return evidence(List.of(line));
    }

    public Verdict evidence(List<String> lines) {
        List<String> more = new ArrayList<>(evidence);
        more.addAll(lines);
        return new Verdict(outcome, value, more, remediation, caps);
    }

    public Verdict remedy(Remediation remedy) {
        return new Verdict(outcome, value, evidence, Optional.of(remedy), caps);
    }

    public Verdict cap(int limit, String reason) {
        List<Cap> more = new ArrayList<>(caps);
        more.add(new Cap(limit, reason));
        return new Verdict(outcome, value, evidence, remediation, more);
    }
}
