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

/** Reports whether the mail domain publishes a BIMI record, which names a logo for its mail. */
public final class BimiInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "dns.bimi", "BIMI", CheckCategory.DNS)
            .description("A BIMI record names the logo that mail clients may show next to authenticated mail.")
            .remediation(Remediation.of("Once DMARC is enforced, publish a BIMI record that names your logo.")
                    .withConfig("DNS zone", "default._bimi  IN TXT \"v=BIMI1; l=https://example.com/logo.svg\""))
            .references("https://bimigroup.org/implementation-guide/")
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
                        MailTransportRecords.lookUp(domain, seen.dns()).bimi(), "TXT default._bimi." + domain)));
    }

    private static CheckVerdict verdict(DnsAnswer answer) {
        List<String> records = MailTransportRecords.withVersion(answer, "BIMI1");
        if (records.isEmpty()) {
            return CheckVerdict.info("no BIMI record");
        }
        String logo = TagList.lenient(records.get(0)).get("l").orElse("");
        return CheckVerdict.info(
                        logo.isEmpty() ? "declined: the BIMI record names no logo" : "logo " + Excerpt.of(logo, 150))
                .evidence(DnsEvidence.limit(records));
    }
}
