package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ProxySnippets;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.ServerIdentity;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Checks that the host sends HTTP Strict Transport Security (HSTS), so that browsers use only HTTPS. */
final class HstsCheck implements Check {
    /** One year in seconds. */
    static final long ONE_YEAR_SECONDS = 31_536_000;

    private static final String RECOMMENDED = "max-age=31536000; includeSubDomains";
    private static final CheckDefinition DEFINITION = CheckDefinition.scored("ssl.hsts", "HSTS", CheckCategory.SSL, 5)
            .description("The host's HTTPS response sets Strict-Transport-Security for at least one year, with"
                    + " includeSubDomains.")
            .remediation(Remediation.of("Send Strict-Transport-Security: " + RECOMMENDED + " with every HTTPS response,"
                            + " once all subdomains are served over HTTPS.")
                    .nginx("add_header Strict-Transport-Security \"" + RECOMMENDED + "\" always;")
                    .apache("Header always set Strict-Transport-Security \"" + RECOMMENDED + "\"")
                    .springSecurity("http.headers(h -> h.httpStrictTransportSecurity(\n"
                            + "    s -> s.maxAgeInSeconds(31536000).includeSubDomains(true)));")
                    .caddy(ProxySnippets.caddyHeader("Strict-Transport-Security", RECOMMENDED))
                    .haproxy(ProxySnippets.haproxyHeader("Strict-Transport-Security", RECOMMENDED) + " if { ssl_fc }")
                    .traefik(ProxySnippets.traefikHeaders("stsSeconds: 31536000\nstsIncludeSubdomains: true")))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc6797#section-6.1",
                    "https://www.rfc-editor.org/rfc/rfc6797#section-8.1")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        if (seen.target().host().isIpAddress()) {
            return CheckVerdict.notApplicable("HSTS does not apply to IP addresses (RFC 6797 section 8.1.1)");
        }
        Optional<CheckVerdict> missing = TlsAvailability.failureWithoutTls(seen);
        if (missing.isPresent()) {
            return missing.get();
        }
        List<String> lines = linesOf(httpsResponse(seen));
        List<HttpExchange> later = laterResponses(seen);
        if (lines.isEmpty() || StrictTransportSecurity.parse(lines.get(0)).isEmpty()) {
            Optional<CheckVerdict> late = later.stream()
                    .filter(exchange -> maxAge(exchange) > 0)
                    .findFirst()
                    .map(HstsCheck::onlyLater);
            if (late.isPresent() && isCertificateAccepted(seen)) {
                return late.get();
            }
        }
        List<String> evidence = lines.stream()
                .limit(6)
                .map(line -> Excerpt.evidenceLine("Strict-Transport-Security: " + line))
                .toList();
        if (!lines.isEmpty() && !isCertificateAccepted(seen)) {
            return CheckVerdict.fail("Browsers ignore HSTS over a connection with certificate errors")
                    .evidence(evidence);
        }
        Optional<HttpExchange> removal =
                later.stream().filter(exchange -> maxAge(exchange) == 0).findFirst();
        if (!lines.isEmpty() && removal.isPresent()) {
            return CheckVerdict.fail("max-age=0 in the later response of "
                            + Excerpt.evidenceLine(removal.get().url().encodedPath()) + " disables HSTS")
                    .evidence(evidence);
        }
        return evaluate(lines).evidence(evidence);
    }

    /** RFC 6797 section 8.1: browsers process the field of every response, so a later one takes effect. */
    private static CheckVerdict onlyLater(HttpExchange later) {
        String path = Excerpt.evidenceLine(later.url().encodedPath());
        return CheckVerdict.warn("The first HTTPS response of the host has no valid Strict-Transport-Security header,"
                        + " only the later response of " + path + " has one; send it with every response")
                .evidence(List.of(Excerpt.evidenceLine(path + " Strict-Transport-Security: "
                        + linesOf(later.response().orElseThrow()).get(0))));
    }

    private static List<String> linesOf(Response response) {
        return response.headers().all("Strict-Transport-Security");
    }

    /** Returns the max-age that browsers apply; -1 if the response has no valid field. */
    private static long maxAge(HttpExchange exchange) {
        return exchange.response()
                .flatMap(response -> linesOf(response).stream().findFirst())
                .flatMap(StrictTransportSecurity::parse)
                .map(StrictTransportSecurity::maxAge)
                .orElse(-1L);
    }

    /** Returns the responses of the requested host after its first one, in the same navigation. */
    private static List<HttpExchange> laterResponses(ScanObservations seen) {
        if (!seen.site().entry().isSeen()) {
            return List.of();
        }
        String host = seen.target().host().ascii();
        return seen.site().entry().value().hops().stream()
                .filter(exchange ->
                        exchange.url().isHttps() && exchange.url().host().equals(host))
                .filter(exchange -> exchange.response().isPresent())
                .skip(1)
                .toList();
    }

    private static CheckVerdict evaluate(List<String> lines) {
        if (lines.isEmpty()) {
            return CheckVerdict.fail("No Strict-Transport-Security header in the host's HTTPS response");
        }
        // RFC 6797 section 8.1: only the first header line applies.
        Optional<StrictTransportSecurity> parsed = StrictTransportSecurity.parse(lines.get(0));
        if (parsed.isEmpty()) {
            return CheckVerdict.fail("Browsers ignore this Strict-Transport-Security header because it is malformed");
        }
        StrictTransportSecurity policy = parsed.get();
        if (policy.maxAge() == 0) {
            return CheckVerdict.fail("max-age=0 disables HSTS");
        }
        List<String> weak = new ArrayList<>();
        if (policy.maxAge() < ONE_YEAR_SECONDS) {
            weak.add("max-age=" + policy.maxAge() + " is less than a year (31536000)");
        }
        if (!policy.includeSubDomains()) {
            weak.add("includeSubDomains is missing");
        }
        if (new LinkedHashSet<>(lines).size() > 1) {
            weak.add("conflicting header lines, only the first one applies");
        }
        return weak.isEmpty()
                ? CheckVerdict.pass("max-age=" + policy.maxAge() + " with includeSubDomains")
                : CheckVerdict.warn(String.join("; ", weak));
    }

    /**
     * Returns the first HTTPS response of the requested host itself, regardless of where its redirects lead.
     *
     * @throws UnobservedException if there is no such response
     */
    static Response httpsResponse(ScanObservations seen) {
        List<HttpExchange> exchanges = new ArrayList<>();
        if (seen.site().entry().isSeen()) {
            exchanges.addAll(seen.site().entry().value().hops());
        }
        TlsAvailability.tlsEndpoints(seen).stream().map(TlsEndpoint::https).forEach(exchanges::add);
        String host = seen.target().host().ascii();
        return exchanges.stream()
                .filter(exchange ->
                        exchange.url().isHttps() && exchange.url().host().equals(host))
                .flatMap(exchange -> exchange.response().stream())
                .findFirst()
                .orElseThrow(() -> new UnobservedException("no HTTP response was received over TLS"));
    }

    private static boolean isCertificateAccepted(ScanObservations seen) {
        String host = seen.target().host().ascii();
        List<ServedCertificate> served = ServedCertificate.of(seen);
        return served.stream().allMatch(certificate -> ServerIdentity.matches(certificate.leaf(), host))
                && SiteTrust.assess(served, seen).stream().allMatch(SiteTrust::isAccepted);
    }
}
