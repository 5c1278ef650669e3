package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.mail.MailRecords;

/** Reports the MX records of the mail domain, and whether a domain without mail publishes a null MX (RFC 7505). */
public final class MailServersInfo implements Check {
    private static final Definition DEFINITION = Definition.info("dns.null-mx", "Mail Servers", Category.DNS)
            .describe("A domain that does not accept mail publishes a null MX record.")
            .remedy(Remediation.of("Publish a null MX record if the domain does not accept mail.")
                    .with("DNS zone", "@  IN MX 0 ."))
            .references("https://www.rfc-editor.org/rfc/rfc7505")
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
                        domain,
                        Answered.required(MailRecords.read(domain, seen.dns()).exchanges(), "MX " + domain)));
    }

    private static Verdict verdict(String domain, DnsAnswer exchanges) {
        if (exchanges.isAbsent()) {
            return Verdict.info(
                    domain + " has no MX record: senders use its A and AAAA records instead (RFC 5321 section 5.1)");
        }
        if (MailRecords.isNullMx(exchanges)) {
            return Verdict.info(domain + " publishes a null MX: it does not accept mail");
        }
        boolean mixed = exchanges.data().stream().anyMatch(mx -> mx.endsWith(" ."));
        return Verdict.info(
                        mixed
                                ? "a null MX is mixed with other MX records, which RFC 7505 section 3 forbids"
                                : exchanges.data().size() + " MX records")
                .evidence(Evidence.of(exchanges.data()));
    }
}
