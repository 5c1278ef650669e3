package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Quantity;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.mail.MailTransportRecords;
import java.util.ArrayList;
import java.util.List;

/** Reports whether the mail hosts publish TLSA records for their certificates (DANE for SMTP, RFC 7672). */
public final class DaneInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "dns.dane", "DANE", CheckCategory.DNS)
            .description(
                    "TLSA records of the mail hosts in a DNSSEC-signed zone tell senders which certificate to expect.")
            .remediation(Remediation.of("Publish TLSA records for port 25 of each mail host in a DNSSEC-signed zone.")
                    .withConfig("DNS zone", "_25._tcp.mx  IN TLSA 3 1 1 <SHA-256 of the host's public key>"))
            .references("https://www.rfc-editor.org/rfc/rfc7672#section-3.1")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.informForMailDomain(
                seen, domain -> verdict(MailTransportRecords.lookUp(domain, seen.dns()), domain));
    }

    private static CheckVerdict verdict(MailTransportRecords mail, String domain) {
        DefiniteAnswers.require(mail.mx(), "MX " + domain);
        List<String> evidence = new ArrayList<>();
        int hostsWithTlsa = 0;
        for (var entry : mail.tlsaByHost().entrySet()) {
            DnsAnswer tlsa = DefiniteAnswers.require(entry.getValue(), "TLSA _25._tcp." + entry.getKey());
            hostsWithTlsa += tlsa.isAbsent() ? 0 : 1;
            tlsa.data().forEach(data -> evidence.add("_25._tcp." + entry.getKey() + ": " + data));
        }
        if (mail.tlsaByHost().isEmpty()) {
            return CheckVerdict.info("the domain has no mail hosts");
        }
        String value = hostsWithTlsa == 0
                ? "the mail hosts have no TLSA records"
                : "TLSA records for " + hostsWithTlsa + " of "
                        + Quantity.of(mail.tlsaByHost().size(), "mail host")
                        + "; senders use them only if the mail host validates by DNSSEC";
        return CheckVerdict.info(value).evidence(DnsEvidence.limit(evidence));
    }
}
