package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import java.util.function.Function;

/**
 * Applies a rule only to names of the public DNS. An IP address, a single label or a special-use name has neither mail
 * records nor CAA records, so the rule is skipped for it.
 */
final class PublicHostOnly {
    private PublicHostOnly() {}

    /** Applies the rule to the mail domain; returns "not applicable" if there is no mail domain. */
    static CheckVerdict forMailDomain(ScanObservations seen, Function<String, CheckVerdict> rule) {
        return seen.dns().subject().mailDomain().map(rule).orElseGet(() -> CheckVerdict.notApplicable(reason(seen)));
    }

    /** Applies the rule to the scanned host; returns "not applicable" if it is not a public name. */
    static CheckVerdict forHost(ScanObservations seen, Function<String, CheckVerdict> rule) {
        return seen.dns().subject().host().map(rule).orElseGet(() -> CheckVerdict.notApplicable(reason(seen)));
    }

    /** Applies the rule of an informational check to the mail domain; informs if there is no mail domain. */
    static CheckVerdict informForMailDomain(ScanObservations seen, Function<String, CheckVerdict> rule) {
        return seen.dns().subject().mailDomain().map(rule).orElseGet(() -> CheckVerdict.info(reason(seen)));
    }

    private static String reason(ScanObservations seen) {
        return seen.target().host()
                + (seen.target().host().isIpAddress()
                        ? " is an IP address, not a domain"
                        : " is not a public DNS name (single label or special-use name)");
    }
}
