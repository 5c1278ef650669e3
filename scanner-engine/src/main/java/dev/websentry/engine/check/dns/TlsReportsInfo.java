package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.TagList;
import dev.websentry.engine.syntax.mail.MailRecords;
import java.util.List;

/** Reports whether a TLS-RPT record tells senders where to report TLS failures (RFC 8460). */
public final class TlsReportsInfo implements Check {
    private static final Definition DEFINITION = Definition.info("dns.tls-rpt", "TLS-RPT", Category.DNS)
            .describe("A TLS-RPT record tells senders where to report TLS failures.")
            .remedy(Remediation.of("Publish a TLS-RPT record with the address for reports on TLS failures.")
                    .with("DNS zone", "_smtp._tls  IN TXT \"v=TLSRPTv1; rua=mailto:tls-reports@example.com\""))
            .references("https://www.rfc-editor.org/rfc/rfc8460#section-3")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.info(
                seen,
                domain -> verdict(Answered.required(
                        MailRecords.read(domain, seen.dns()).tlsReports(), "TXT _smtp._tls." + domain)));
    }

    private static Verdict verdict(DnsAnswer answer) {
        List<String> records = MailRecords.ofVersion(answer, "TLSRPTv1");
        if (records.isEmpty()) {
            return Verdict.info("no TLS-RPT record");
        }
        String reportUri = TagList.lenient(records.get(0)).get("rua").orElse("");
        String value = reportUri.isEmpty()
                ? "the TLS-RPT record has no rua tag"
                : "reports go to " + Evidence.shortened(reportUri, 150);
        return Verdict.info(
                        records.size() > 1 ? records.size() + " TLS-RPT records: senders ignore all of them" : value)
                .evidence(Evidence.of(records));
    }
}
