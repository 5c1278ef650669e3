package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Failure.Kind;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.observe.TlsEndpoint.Reach;
import dev.websentry.engine.observe.UnknownObservation;
import java.util.List;
import java.util.Optional;

/** HTTPS answers on every address. */
final class HttpsCheck implements Check {
    private static final Definition DEFINITION = Definition.of("ssl.https", "HTTPS Available", Category.SSL, 4)
            .describe("Every address of the host answers over HTTPS.")
            .remedy(Remediation.of("Serve the site over HTTPS on every address that its name resolves to."
                            + " A certificate is free of charge from an ACME authority such as Let's Encrypt.")
                    .nginx("listen 443 ssl;\nlisten [::]:443 ssl;\nssl_certificate     /etc/ssl/site/fullchain.pem;\n"
                            + "ssl_certificate_key /etc/ssl/site/privkey.pem;")
                    .apache("<VirtualHost *:443>\n  SSLEngine on\n  SSLCertificateFile /etc/ssl/site/fullchain.pem\n"
                            + "  SSLCertificateKeyFile /etc/ssl/site/privkey.pem\n</VirtualHost>"))
            .references("https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2", "https://https.cio.gov/faq/")
            .build();

    /** How one address fares. */
    private enum Fate {
        ANSWERS,
        ANSWERS_TLS_ALONE,
        FAILS,
        UNKNOWN,
        NO_ROUTE
    }

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        Optional<String> absence = ServedTls.absence(seen);
        if (absence.isPresent()) {
            return Verdict.fail("No HTTPS: " + absence.get())
                    .evidence(lines(seen))
                    .cap(Cap.F, "the site does not answer over HTTPS");
        }
        Verdict verdict = served(seen).evidence(lines(seen));
        Optional<String> plainEnd = plainEnd(seen);
        return plainEnd.isPresent()
                ? verdict.evidence("final URL " + plainEnd.get()).cap(Cap.F, "the final URL is plain http")
                : verdict;
    }

    private static Verdict served(Observations seen) {
        List<TlsEndpoint> endpoints = seen.tls().endpoints();
        long answering = count(endpoints, Fate.ANSWERS) + count(endpoints, Fate.ANSWERS_TLS_ALONE);
        long failing = count(endpoints, Fate.FAILS);
        long silent = count(endpoints, Fate.UNKNOWN);
        if (answering == 0 && silent > 0) {
            throw new UnknownObservation(why(endpoints, Fate.UNKNOWN));
        }
        if (answering == 0) {
            return Verdict.fail("TLS answers but HTTP does not: " + why(endpoints, Fate.FAILS))
                    .cap(Cap.F, "the site does not answer over HTTPS");
        }
        endpoints.stream()
                .map(TlsEndpoint::reach)
                .filter(reach -> reach.kind() == Reach.Kind.BEHIND_PROXY)
                .findFirst()
                .ifPresent(reach -> {
                    throw new UnknownObservation(reach.detail());
                });
        if (failing + silent > 0) {
            String reason = why(endpoints, failing > 0 ? Fate.FAILS : Fate.UNKNOWN);
            return Verdict.warn((failing + silent) + " of " + (answering + failing + silent)
                    + " addresses do not answer over HTTPS: " + reason);
        }
        String note =
                count(endpoints, Fate.NO_ROUTE) > 0 ? "; addresses without a route from this machine are left out" : "";
        if (count(endpoints, Fate.ANSWERS) == 0) {
            return Verdict.pass("TLS answers on " + addresses(answering) + "; no HTTP request could be completed: "
                    + why(endpoints, Fate.ANSWERS_TLS_ALONE) + note);
        }
        return Verdict.pass("HTTPS answers on " + addresses(answering) + note);
    }

    private static String addresses(long number) {
        return number == 1 ? "1 address" : "all " + number + " addresses";
    }

    private static long count(List<TlsEndpoint> endpoints, Fate fate) {
        return endpoints.stream().filter(endpoint -> fate(endpoint) == fate).count();
    }

    private static String why(List<TlsEndpoint> endpoints, Fate fate) {
        return endpoints.stream()
                .filter(endpoint -> fate(endpoint) == fate)
                .map(endpoint -> endpoint.address() + ": " + reason(endpoint))
                .findFirst()
                .orElse("");
    }

    private static String reason(TlsEndpoint endpoint) {
        return endpoint.answered()
                ? endpoint.https().failure().map(Failure::detail).orElse("answers")
                : endpoint.reach().detail();
    }

    private static Fate fate(TlsEndpoint endpoint) {
        if (endpoint.https().response().isPresent()) {
            return Fate.ANSWERS;
        }
        if (endpoint.reach().kind() == Reach.Kind.NO_ROUTE) {
            return Fate.NO_ROUTE;
        }
        if (!endpoint.answered()) {
            return endpoint.reach().kind() == Reach.Kind.NOT_TLS
                            || endpoint.reach().kind() == Reach.Kind.REFUSED
                    ? Fate.FAILS
                    : Fate.UNKNOWN;
        }
        Kind kind = endpoint.https().failure().map(Failure::kind).orElse(Kind.CONNECTION_LOST);
        return switch (kind) {
            // The server's TLS stands; this runtime or the missing client certificate is what keeps HTTP out.
            case TLS_FAILED, CLIENT_CERTIFICATE_REQUIRED -> Fate.ANSWERS_TLS_ALONE;
            case MALFORMED, CONNECTION_LOST -> Fate.FAILS;
            default -> Fate.UNKNOWN;
        };
    }

    private static List<String> lines(Observations seen) {
        return seen.tls().endpoints().stream()
                .map(endpoint -> endpoint.address() + ": "
                        + endpoint.https()
                                .response()
                                .map(answer -> "HTTP " + answer.status() + " over "
                                        + answer.tls()
                                                .map(tls -> tls.protocol())
                                                .orElse("TLS"))
                                .orElseGet(() -> reason(endpoint)))
                .map(Line::of)
                .toList();
    }

    private static Optional<String> plainEnd(Observations seen) {
        return seen.site().entry() instanceof Observed.Seen<Chain> entry
                        && !entry.value().last().url().isHttps()
                ? Optional.of(Line.of(entry.value().last().url().toString()))
                : Optional.empty();
    }
}
