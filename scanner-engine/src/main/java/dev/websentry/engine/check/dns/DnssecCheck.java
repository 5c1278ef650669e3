package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.DnssecValidation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;

/** Checks whether the host's address records are signed and validate by DNSSEC (RFC 4035). */
public final class DnssecCheck implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "dns.dnssec", "DNSSEC", CheckCategory.DNS, 1)
            .description("The host's address records are signed and validate from the DNS root.")
            .remediation(Remediation.of(
                            "Enable DNSSEC at your DNS provider and submit the DS record to your registrar. If DNSSEC"
                                    + " is enabled but does not validate, compare the DS record at the parent zone with"
                                    + " the keys in your zone, and renew expired signatures.")
                    .withConfig(
                            "BIND named.conf",
                            "zone \"example.com\" { type primary; file \"example.com.zone\"; dnssec-policy default; };")
                    .withConfig("Knot DNS", "zone:\n  - domain: example.com\n    dnssec-signing: on"))
            .references("https://www.rfc-editor.org/rfc/rfc4035#section-4.3", "https://dnsviz.net/")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.forHost(
                seen, host -> judge(seen.dns().validation().value()));
    }

    private static CheckVerdict judge(DnssecValidation validation) {
        return switch (validation.status()) {
            case SECURE -> CheckVerdict.pass(validation.name() + " is signed and validates from the root");
            case INSECURE -> CheckVerdict.warn(validation.name() + " is not signed");
            case BOGUS ->
                CheckVerdict.fail(validation.name() + " does not validate: " + Excerpt.of(validation.reason(), 200));
        };
    }
}
