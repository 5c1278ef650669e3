package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.ServerIdentity;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The host tells browsers to come over HTTPS only. */
final class HstsCheck implements Check {
    static final long ONE_YEAR = 31_536_000;

    private static final String GOOD = "max-age=31536000; includeSubDomains";
    private static final Definition DEFINITION = Definition.of("ssl.hsts", "HSTS", Category.SSL, 5)
            .describe("The host's HTTPS answer carries Strict-Transport-Security for a year with includeSubDomains.")
            .remedy(Remediation.of("Send Strict-Transport-Security: " + GOOD + " with every HTTPS answer,"
                            + " once all subdomains serve HTTPS.")
                    .nginx("add_header Strict-Transport-Security \"" + GOOD + "\" always;")
                    .apache("Header always set Strict-Transport-Security \"" + GOOD + "\"")
                    .spring("http.headers(h -> h.httpStrictTransportSecurity(\n"
                            + "    s -> s.maxAgeInSeconds(31536000).includeSubDomains(true)));"))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc6797#section-6.1",
                    "https://www.rfc-editor.org/rfc/rfc6797#section-8.1")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        if (seen.target().host().isAddress()) {
            return Verdict.notApplicable("HSTS does not apply to addresses (RFC 6797 section 8.1.1)");
        }
        Optional<Verdict> missing = ServedTls.missing(seen);
        if (missing.isPresent()) {
            return missing.get();
        }
        List<String> lines = answer(seen).headers().all("Strict-Transport-Security");
        List<String> evidence = lines.stream()
                .limit(6)
                .map(line -> Line.of("Strict-Transport-Security: " + line))
                .toList();
        if (!lines.isEmpty() && !isCertificateAccepted(seen)) {
            return Verdict.fail("Browsers ignore HSTS over a connection with certificate errors")
                    .evidence(evidence);
        }
        return judge(lines).evidence(evidence);
    }

    private static Verdict judge(List<String> lines) {
        if (lines.isEmpty()) {
            return Verdict.fail("No Strict-Transport-Security header on the host's HTTPS answer");
        }
        // RFC 6797 section 8.1: only the first line counts.
        Optional<StrictTransportSecurity> parsed = StrictTransportSecurity.parse(lines.get(0));
        if (parsed.isEmpty()) {
            return Verdict.fail("Browsers ignore this Strict-Transport-Security header: it does not parse");
        }
        StrictTransportSecurity policy = parsed.get();
        if (policy.maxAge() == 0) {
            return Verdict.fail("max-age=0 switches HSTS off");
        }
        List<String> weak = new ArrayList<>();
        if (policy.maxAge() < ONE_YEAR) {
            weak.add("max-age=" + policy.maxAge() + " is less than a year (31536000)");
        }
        if (!policy.includeSubDomains()) {
            weak.add("includeSubDomains is missing");
        }
        if (new LinkedHashSet<>(lines).size() > 1) {
            weak.add("several lines contradict each other, the first counts");
        }
        return weak.isEmpty()
                ? Verdict.pass("max-age=" + policy.maxAge() + " with includeSubDomains")
                : Verdict.warn(String.join("; ", weak));
    }

    /** The requested host's own HTTPS answer, wherever its redirects lead afterwards. */
    static Response answer(Observations seen) {
        List<Exchange> exchanges = new ArrayList<>();
        if (seen.site().entry().isSeen()) {
            exchanges.addAll(seen.site().entry().value().hops());
        }
        ServedTls.endpoints(seen).stream().map(TlsEndpoint::https).forEach(exchanges::add);
        String host = seen.target().host().ascii();
        return exchanges.stream()
                .filter(exchange ->
                        exchange.url().isHttps() && exchange.url().host().equals(host))
                .flatMap(exchange -> exchange.response().stream())
                .findFirst()
                .orElseThrow(() -> new UnknownObservation("no HTTP answer could be had over TLS"));
    }

    private static boolean isCertificateAccepted(Observations seen) {
        String host = seen.target().host().ascii();
        return ServedCertificate.of(seen).stream()
                .allMatch(certificate ->
                        Trust.of(certificate, seen).isAccepted() && ServerIdentity.matches(certificate.leaf(), host));
    }
}
