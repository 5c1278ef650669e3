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

/** Reports whether the mail domain publishes a BIMI record, which names a logo for its mail. */
public final class BimiInfo implements Check {
    private static final Definition DEFINITION = Definition.info("dns.bimi", "BIMI", Category.DNS)
            .describe("A BIMI record names the logo that mail clients may show next to authenticated mail.")
            .remedy(Remediation.of("Once DMARC is enforced, publish a BIMI record that names your logo.")
                    .with("DNS zone", "default._bimi  IN TXT \"v=BIMI1; l=https://example.com/logo.svg\""))
            .references("https://bimigroup.org/implementation-guide/")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.info(
                seen,
                domain -> verdict(
                        Answered.required(MailRecords.read(domain, seen.dns()).bimi(), "TXT default._bimi." + domain)));
    }

    private static Verdict verdict(DnsAnswer answer) {
        List<String> records = MailRecords.ofVersion(answer, "BIMI1");
        if (records.isEmpty()) {
            return Verdict.info("no BIMI record");
        }
        String logo = TagList.lenient(records.get(0)).get("l").orElse("");
        return Verdict.info(
                        logo.isEmpty()
                                ? "declined: the BIMI record names no logo"
                                : "logo " + Evidence.shortened(logo, 150))
                .evidence(Evidence.of(records));
    }
}
