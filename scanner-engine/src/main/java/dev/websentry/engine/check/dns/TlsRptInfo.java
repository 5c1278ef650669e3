package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.TagList;
import dev.websentry.engine.syntax.mail.MailTransportRecords;
import java.util.List;

/** Reports whether a TLS-RPT record tells senders where to report TLS failures (RFC 8460). */
public final class TlsRptInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "dns.tls-rpt", "TLS-RPT", CheckCategory.DNS)
            .description("A TLS-RPT record tells senders where to report TLS failures.")
            .remediation(Remediation.of("Publish a TLS-RPT record with the address for reports on TLS failures.")
                    .withConfig("DNS zone", "_smtp._tls  IN TXT \"v=TLSRPTv1; rua=mailto:tls-reports@example.com\""))
            .references("https://www.rfc-editor.org/rfc/rfc8460#section-3")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.informForMailDomain(
                seen,
                domain -> verdict(DefiniteAnswers.require(
                        MailTransportRecords.lookUp(domain, seen.dns()).tlsRpt(), "TXT _smtp._tls." + domain)));
    }

    private static CheckVerdict verdict(DnsAnswer answer) {
        List<String> records = MailTransportRecords.withVersion(answer, "TLSRPTv1");
        if (records.isEmpty()) {
            return CheckVerdict.info("no TLS-RPT record");
        }
        String reportUri = TagList.lenient(records.get(0)).get("rua").orElse("");
        String value = reportUri.isEmpty()
                ? "the TLS-RPT record has no rua tag"
                : "reports go to " + Excerpt.of(reportUri, 150);
        return CheckVerdict.info(
                        records.size() > 1 ? records.size() + " TLS-RPT records: senders ignore all of them" : value)
                .evidence(DnsEvidence.limit(records));
    }
}
