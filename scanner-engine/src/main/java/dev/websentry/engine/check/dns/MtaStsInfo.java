package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.syntax.InvalidSyntaxException;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.mail.MailTransportRecords;
import dev.websentry.engine.syntax.mail.MtaStsPolicy;
import java.util.List;
import java.util.Optional;

/** Reports whether an MTA-STS policy tells senders to require authenticated TLS (RFC 8461). */
public final class MtaStsInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "dns.mta-sts", "MTA-STS", CheckCategory.DNS)
            .description("An MTA-STS policy tells senders to deliver mail only over authenticated TLS.")
            .remediation(
                    Remediation.of("Publish a policy file on the host mta-sts of the mail domain, and a TXT record that"
                                    + " announces it.")
                            .withConfig("DNS zone", "_mta-sts  IN TXT \"v=STSv1; id=20260101000000\"")
                            .withConfig(
                                    "https://mta-sts.example.com/.well-known/mta-sts.txt",
                                    "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800"))
            .references("https://www.rfc-editor.org/rfc/rfc8461")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.informForMailDomain(
                seen, domain -> judge(seen, MailTransportRecords.lookUp(domain, seen.dns()), domain));
    }

    private static CheckVerdict judge(ScanObservations seen, MailTransportRecords mail, String domain) {
        DnsAnswer answer = DefiniteAnswers.require(mail.mtaSts(), "TXT _mta-sts." + domain);
        List<String> records = MailTransportRecords.withVersion(answer, "STSv1");
        if (records.isEmpty()) {
            return CheckVerdict.info("no MTA-STS record");
        }
        if (records.size() > 1) {
            return CheckVerdict.info(records.size() + " MTA-STS records: senders ignore all of them")
                    .evidence(DnsEvidence.limit(records));
        }
        Optional<HttpExchange> fetched = seen.dns().mtaStsPolicy().value();
        return fetched.map(exchange -> judge(exchange, MailTransportRecords.mailHosts(mail.mx())))
                .orElseGet(() -> CheckVerdict.info("MTA-STS record found, but the policy was not fetched"))
                .evidence(DnsEvidence.limit(records));
    }

    private static CheckVerdict judge(HttpExchange exchange, List<String> hosts) {
        Optional<Response> response = exchange.response();
        if (response.isEmpty()) {
            return CheckVerdict.info("MTA-STS record found, but the policy could not be fetched: "
                    + exchange.failure().map(Failure::detail).orElse("no response"));
        }
        if (response.get().tls().filter(TlsSession::isTrusted).isEmpty()) {
            return CheckVerdict.info(
                    "MTA-STS record found, but the policy host has no valid certificate: senders ignore the policy");
        }
        if (response.get().status() != 200) {
            return CheckVerdict.info("MTA-STS record found, but the policy URL returns status "
                    + response.get().status() + " (senders do not follow redirects)");
        }
        try {
            MtaStsPolicy policy = MtaStsPolicy.parse(response.get().body().text());
            Optional<String> uncovered =
                    hosts.stream().filter(host -> !policy.covers(host)).findFirst();
            return CheckVerdict.info("mode " + policy.mode() + ", max_age " + policy.maxAgeSeconds() + " s"
                    + uncovered
                            .filter(host -> !policy.mode().equals("none"))
                            .map(host -> ", but the policy does not list the mail host " + host)
                            .orElse(""));
        } catch (InvalidSyntaxException e) {
            return CheckVerdict.info("MTA-STS record found, but the policy is malformed: " + e.reason());
        }
    }
}
