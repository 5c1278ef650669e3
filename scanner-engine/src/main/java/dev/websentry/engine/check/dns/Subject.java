package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.function.Function;

/**
 * Applies a rule only to names of the public DNS. An IP address, a single label or a special-use name has neither mail
 * records nor CAA records, so the rule is skipped for it.
 */
final class Subject {
    private Subject() {}

    /** Applies the rule to the mail domain; returns "not applicable" if there is no mail domain. */
    static Verdict ofMailDomain(Observations seen, Function<String, Verdict> rule) {
        return seen.dns().subject().mailDomain().map(rule).orElseGet(() -> Verdict.notApplicable(reason(seen)));
    }

    /** Applies the rule to the scanned host; returns "not applicable" if it is not a public name. */
    static Verdict ofHost(Observations seen, Function<String, Verdict> rule) {
        return seen.dns().subject().host().map(rule).orElseGet(() -> Verdict.notApplicable(reason(seen)));
    }

    /** Applies the rule of an informational check to the mail domain; informs if there is no mail domain. */
    static Verdict info(Observations seen, Function<String, Verdict> rule) {
        return seen.dns().subject().mailDomain().map(rule).orElseGet(() -> Verdict.info(reason(seen)));
    }

    private static String reason(Observations seen) {
        return seen.target().host()
                + (seen.target().host().isAddress()
                        ? " is an IP address, not a domain"
                        : " is not a public DNS name (single label or special-use name)");
    }
}
