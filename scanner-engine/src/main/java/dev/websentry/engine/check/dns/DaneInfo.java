package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.mail.MailRecords;
import java.util.ArrayList;
import java.util.List;

/** Reports whether the mail hosts publish TLSA records for their certificates (DANE for SMTP, RFC 7672). */
public final class DaneInfo implements Check {
    private static final Definition DEFINITION = Definition.info("dns.dane", "DANE", Category.DNS)
            .describe(
                    "TLSA records of the mail hosts in a DNSSEC-signed zone tell senders which certificate to expect.")
            .remedy(Remediation.of("Publish TLSA records for port 25 of each mail host in a DNSSEC-signed zone.")
                    .with("DNS zone", "_25._tcp.mx  IN TLSA 3 1 1 <SHA-256 of the host's public key>"))
            .references("https://www.rfc-editor.org/rfc/rfc7672#section-3.1")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.info(seen, domain -> verdict(MailRecords.read(domain, seen.dns()), domain));
    }

    private static Verdict verdict(MailRecords mail, String domain) {
        Answered.required(mail.exchanges(), "MX " + domain);
        List<String> evidence = new ArrayList<>();
        int hostsWithTlsa = 0;
        for (var entry : mail.dane().entrySet()) {
            DnsAnswer tlsa = Answered.required(entry.getValue(), "TLSA _25._tcp." + entry.getKey());
            hostsWithTlsa += tlsa.isAbsent() ? 0 : 1;
            tlsa.data().forEach(data -> evidence.add("_25._tcp." + entry.getKey() + ": " + data));
        }
        if (mail.dane().isEmpty()) {
            return Verdict.info("the domain has no mail hosts");
        }
        String value = hostsWithTlsa == 0
                ? "the mail hosts have no TLSA records"
                : hostsWithTlsa + " of " + mail.dane().size()
                        + " mail hosts have TLSA records; senders use them only if the mail host validates by DNSSEC";
        return Verdict.info(value).evidence(Evidence.of(evidence));
    }
}
