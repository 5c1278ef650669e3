package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.mail.MailRecords;

/** Whether the domain takes mail, and by a null MX says so when it does not. */
public final class MailServersInfo implements Check {
    private static final Definition DEFINITION = Definition.info("dns.null-mx", "Mail Servers", Category.DNS)
            .describe("A domain that takes no mail says so with a null MX record.")
            .remedy(Remediation.of("Publish a null MX if the domain takes no mail.")
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
            return Verdict.info(domain + " has no MX record: senders try its address (RFC 5321 section 5.1)");
        }
        if (MailRecords.isNullMx(exchanges)) {
            return Verdict.info(domain + " says by a null MX that it takes no mail");
        }
        boolean mixed = exchanges.data().stream().anyMatch(mx -> mx.endsWith(" ."));
        return Verdict.info(
                        mixed
                                ? "a null MX stands beside other MX records, which RFC 7505 section 3 forbids"
                                : exchanges.data().size() + " MX records")
                .evidence(Evidence.of(exchanges.data()));
    }
}
