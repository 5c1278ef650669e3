package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.TlsSession;
import dev.websentry.engine.syntax.Malformed;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.mail.MailRecords;
import dev.websentry.engine.syntax.mail.MtaStsPolicy;
import java.util.List;
import java.util.Optional;

/** Reports whether an MTA-STS policy tells senders to require authenticated TLS (RFC 8461). */
public final class MtaStsInfo implements Check {
    private static final Definition DEFINITION = Definition.info("dns.mta-sts", "MTA-STS", Category.DNS)
            .describe("An MTA-STS policy tells senders to deliver mail only over authenticated TLS.")
            .remedy(Remediation.of("Publish a policy file on the host mta-sts of the mail domain, and a TXT record that"
                            + " announces it.")
                    .with("DNS zone", "_mta-sts  IN TXT \"v=STSv1; id=20260101000000\"")
                    .with(
                            "https://mta-sts.example.com/.well-known/mta-sts.txt",
                            "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800"))
            .references("https://www.rfc-editor.org/rfc/rfc8461")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.info(seen, domain -> judge(seen, MailRecords.read(domain, seen.dns()), domain));
    }

    private static Verdict judge(Observations seen, MailRecords mail, String domain) {
        DnsAnswer answer = Answered.required(mail.mtaSts(), "TXT _mta-sts." + domain);
        List<String> records = MailRecords.ofVersion(answer, "STSv1");
        if (records.isEmpty()) {
            return Verdict.info("no MTA-STS record");
        }
        if (records.size() > 1) {
            return Verdict.info(records.size() + " MTA-STS records: senders ignore all of them")
                    .evidence(Evidence.of(records));
        }
        Optional<Exchange> fetched = seen.dns().mtaStsPolicy().value();
        return fetched.map(exchange -> judge(exchange, MailRecords.hosts(mail.exchanges())))
                .orElseGet(() -> Verdict.info("MTA-STS record found, but the policy was not fetched"))
                .evidence(Evidence.of(records));
    }

    private static Verdict judge(Exchange exchange, List<String> hosts) {
        Optional<Response> response = exchange.response();
        if (response.isEmpty()) {
            return Verdict.info("MTA-STS record found, but the policy could not be fetched: "
                    + exchange.failure().map(Failure::detail).orElse("no response"));
        }
        if (response.get().tls().filter(TlsSession::trusted).isEmpty()) {
            return Verdict.info(
                    "MTA-STS record found, but the policy host has no valid certificate: senders ignore the policy");
        }
        if (response.get().status() != 200) {
            return Verdict.info("MTA-STS record found, but the policy URL returns status "
                    + response.get().status() + " (senders do not follow redirects)");
        }
        try {
            MtaStsPolicy policy = MtaStsPolicy.parse(response.get().body().text());
            Optional<String> uncovered =
                    hosts.stream().filter(host -> !policy.covers(host)).findFirst();
            return Verdict.info("mode " + policy.mode() + ", max_age " + policy.maxAge() + " s"
                    + uncovered
                            .filter(host -> !policy.mode().equals("none"))
                            .map(host -> ", but the policy does not list the mail host " + host)
                            .orElse(""));
        } catch (Malformed e) {
            return Verdict.info("MTA-STS record found, but the policy is malformed: " + e.complaint());
        }
    }
}
