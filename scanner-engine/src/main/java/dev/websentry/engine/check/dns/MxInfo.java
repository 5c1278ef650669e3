package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.mail.MailTransportRecords;

/** Reports the MX records of the mail domain, and whether a domain without mail publishes a null MX (RFC 7505). */
public final class MxInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "dns.null-mx", "Mail Servers", CheckCategory.DNS)
            .description("A domain that does not accept mail publishes a null MX record.")
            .remediation(Remediation.of("Publish a null MX record if the domain does not accept mail.")
                    .withConfig("DNS zone", "@  IN MX 0 ."))
            .references("https://www.rfc-editor.org/rfc/rfc7505")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.informForMailDomain(
                seen,
                domain -> verdict(
                        domain,
                        DefiniteAnswers.require(
                                MailTransportRecords.lookUp(domain, seen.dns()).mx(), "MX " + domain)));
    }

    private static CheckVerdict verdict(String domain, DnsAnswer exchanges) {
        if (exchanges.isAbsent()) {
            return CheckVerdict.info(
                    domain + " has no MX record: senders use its A and AAAA records instead (RFC 5321 section 5.1)");
        }
        if (MailTransportRecords.isNullMx(exchanges)) {
            return CheckVerdict.info(domain + " publishes a null MX: it does not accept mail");
        }
        boolean mixed = exchanges.data().stream().anyMatch(mx -> mx.endsWith(" ."));
        return CheckVerdict.info(
                        mixed
                                ? "a null MX is mixed with other MX records, which RFC 7505 section 3 forbids"
                                : exchanges.data().size() + " MX records")
                .evidence(DnsEvidence.limit(exchanges.data()));
    }
}
