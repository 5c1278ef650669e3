package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.Reachability;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.Excerpt;
import java.util.List;
import java.util.Optional;

/** Checks that HTTPS is available on every address of the host. */
final class HttpsAvailabilityCheck implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "ssl.https", "HTTPS Available", CheckCategory.SSL, 4)
            .description("Every address of the host responds over HTTPS.")
            .remediation(Remediation.of("Serve the site over HTTPS on every address that its name resolves to."
                            + " ACME CAs such as Let's Encrypt issue certificates free of charge.")
                    .nginx("listen 443 ssl;\nlisten [::]:443 ssl;\nssl_certificate     /etc/ssl/site/fullchain.pem;\n"
                            + "ssl_certificate_key /etc/ssl/site/privkey.pem;")
                    .apache("<VirtualHost *:443>\n  SSLEngine on\n  SSLCertificateFile /etc/ssl/site/fullchain.pem\n"
                            + "  SSLCertificateKeyFile /etc/ssl/site/privkey.pem\n</VirtualHost>"))
            .references("https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2", "https://https.cio.gov/faq/")
            .build();

    /** The availability of HTTPS on one address. */
    private enum EndpointStatus {
        RESPONDS,
        RESPONDS_WITH_TLS_ONLY,
        FAILS,
        UNKNOWN,
        NO_ROUTE
    }

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        Optional<String> absence = TlsAvailability.unavailabilityReason(seen);
        if (absence.isPresent()) {
            return CheckVerdict.fail("No HTTPS: " + absence.get())
                    .evidence(lines(seen))
                    .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "the site does not respond over HTTPS");
        }
        CheckVerdict verdict = evaluateServed(seen).evidence(lines(seen));
        Optional<String> plainHttpUrl = finalPlainHttpUrl(seen);
        return plainHttpUrl.isPresent()
                ? verdict.evidence("final URL " + plainHttpUrl.get())
                        .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "the final URL uses plain http")
                : verdict;
    }

    private static CheckVerdict evaluateServed(ScanObservations seen) {
        List<TlsEndpoint> endpoints = seen.tls().endpoints();
        long responding =
                count(endpoints, EndpointStatus.RESPONDS) + count(endpoints, EndpointStatus.RESPONDS_WITH_TLS_ONLY);
        long failing = count(endpoints, EndpointStatus.FAILS);
        long unknown = count(endpoints, EndpointStatus.UNKNOWN);
        if (responding == 0 && unknown > 0) {
            throw new UnobservedException(firstReason(endpoints, EndpointStatus.UNKNOWN));
        }
        if (responding == 0) {
            return CheckVerdict.fail("TLS is available, but HTTPS requests fail: "
                            + firstReason(endpoints, EndpointStatus.FAILS))
                    .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "the site does not respond over HTTPS");
        }
        endpoints.stream()
                .map(TlsEndpoint::reach)
                .filter(reach -> reach.kind() == Reachability.ReachabilityKind.BEHIND_PROXY)
                .findFirst()
                .ifPresent(reach -> {
                    throw new UnobservedException(reach.detail());
                });
        if (failing + unknown > 0) {
            String reason = firstReason(endpoints, failing > 0 ? EndpointStatus.FAILS : EndpointStatus.UNKNOWN);
            return CheckVerdict.warn((failing + unknown) + " of " + (responding + failing + unknown)
                    + " addresses do not respond over HTTPS: " + reason);
        }
        String note = count(endpoints, EndpointStatus.NO_ROUTE) > 0
                ? "; addresses that this machine has no route to are not counted"
                : "";
        if (count(endpoints, EndpointStatus.RESPONDS) == 0) {
            return CheckVerdict.pass(
                    "TLS is available on " + addresses(responding) + "; no HTTP request could be completed: "
                            + firstReason(endpoints, EndpointStatus.RESPONDS_WITH_TLS_ONLY) + note);
        }
        return CheckVerdict.pass("HTTPS is available on " + addresses(responding) + note);
    }

    private static String addresses(long number) {
        return number == 1 ? "1 address" : "all " + number + " addresses";
    }

    private static long count(List<TlsEndpoint> endpoints, EndpointStatus status) {
        return endpoints.stream().filter(endpoint -> status(endpoint) == status).count();
    }

    private static String firstReason(List<TlsEndpoint> endpoints, EndpointStatus status) {
        return endpoints.stream()
                .filter(endpoint -> status(endpoint) == status)
                .map(endpoint -> endpoint.address() + ": " + reason(endpoint))
                .findFirst()
                .orElse("");
    }

    private static String reason(TlsEndpoint endpoint) {
        return endpoint.answered()
                ? endpoint.https().failure().map(Failure::detail).orElse("responds")
                : endpoint.reach().detail();
    }

    private static EndpointStatus status(TlsEndpoint endpoint) {
        if (endpoint.https().response().isPresent()) {
            return EndpointStatus.RESPONDS;
        }
        if (endpoint.reach().kind() == Reachability.ReachabilityKind.NO_ROUTE) {
            return EndpointStatus.NO_ROUTE;
        }
        if (!endpoint.answered()) {
            return endpoint.reach().kind() == Reachability.ReachabilityKind.NOT_TLS
                            || endpoint.reach().kind() == Reachability.ReachabilityKind.REFUSED
                    ? EndpointStatus.FAILS
                    : EndpointStatus.UNKNOWN;
        }
        RequestFailureKind kind =
                endpoint.https().failure().map(Failure::kind).orElse(RequestFailureKind.CONNECTION_LOST);
        return switch (kind) {
            // TLS works; HTTP fails because of this Java runtime or because of the missing client certificate.
            case TLS_FAILED, CLIENT_CERTIFICATE_REQUIRED -> EndpointStatus.RESPONDS_WITH_TLS_ONLY;
            case MALFORMED, CLOSED, CONNECTION_LOST -> EndpointStatus.FAILS;
            default -> EndpointStatus.UNKNOWN;
        };
    }

    private static List<String> lines(ScanObservations seen) {
        return seen.tls().endpoints().stream()
                .map(endpoint -> endpoint.address() + ": "
                        + endpoint.https()
                                .response()
                                .map(answer -> "HTTP " + answer.status() + " over "
                                        + answer.tls()
                                                .map(tls -> tls.protocol())
                                                .orElse("TLS"))
                                .orElseGet(() -> reason(endpoint)))
                .map(Excerpt::evidenceLine)
                .toList();
    }

    private static Optional<String> finalPlainHttpUrl(ScanObservations seen) {
        return seen.site().entry() instanceof Observation.Seen<RedirectChain> entry
                        && !entry.value().last().url().isHttps()
                ? Optional.of(Excerpt.evidenceLine(entry.value().last().url().toString()))
                : Optional.empty();
    }
}
