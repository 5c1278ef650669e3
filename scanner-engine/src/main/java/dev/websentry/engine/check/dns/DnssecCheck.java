package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.DnsValidation;
import dev.websentry.engine.observe.Observations;

/** Checks whether the host's address records are signed and validate by DNSSEC (RFC 4035). */
public final class DnssecCheck implements Check {
    private static final Definition DEFINITION = Definition.of("dns.dnssec", "DNSSEC", Category.DNS, 1)
            .describe("The host's address records are signed and validate from the DNS root.")
            .remedy(Remediation.of(
                            "Enable DNSSEC at your DNS provider and submit the DS record to your registrar. If DNSSEC"
                                    + " is enabled but does not validate, compare the DS record at the parent zone with"
                                    + " the keys in your zone, and renew expired signatures.")
                    .with(
                            "BIND named.conf",
                            "zone \"example.com\" { type primary; file \"example.com.zone\"; dnssec-policy default; };")
                    .with("Knot DNS", "zone:\n  - domain: example.com\n    dnssec-signing: on"))
            .references("https://www.rfc-editor.org/rfc/rfc4035#section-4.3", "https://dnsviz.net/")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.ofHost(seen, host -> judge(seen.dns().validation().value()));
    }

    private static Verdict judge(DnsValidation validation) {
        return switch (validation.status()) {
            case SECURE -> Verdict.pass(validation.name() + " is signed and validates from the root");
            case INSECURE -> Verdict.warn(validation.name() + " is not signed");
            case BOGUS ->
                Verdict.fail(validation.name() + " does not validate: " + Evidence.shortened(validation.reason(), 200));
        };
    }
}
