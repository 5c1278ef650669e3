package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.SiteObservations.CorsAnswers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether any site may read answers that are meant for the person signed in. */
final class CorsCheck implements Check {
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";
    private static final Definition DEFINITION = Definition.of("headers.cors", "CORS", Category.HEADERS, 2)
            .describe("Foreign origins get no answer they may read, or only a public one without credentials.")
            .remedy(Remediation.of("Answer only the origins on a fixed list, compare them whole, and never allow null.")
                    .nginx("""
                            map $http_origin $cors_origin {
                                default "";
                                "https://app.example.com" $http_origin;
                            }
                            add_header Access-Control-Allow-Origin $cors_origin always;
                            add_header Vary Origin always;""")
                    .apache("""
                            SetEnvIf Origin "^https://app\\.example\\.com$" CORS_ORIGIN=$0
                            Header always set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN
                            Header always merge Vary Origin""")
                    .spring("""
                            CorsConfiguration cors = new CorsConfiguration();
                            cors.setAllowedOrigins(List.of("https://app.example.com"));"""))
            .references(
                    "https://fetch.spec.whatwg.org/#http-cors-protocol",
                    "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/11-Client-side_Testing/07-Testing_Cross_Origin_Resource_Sharing")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        CorsAnswers answers = seen.site().cors().value();
        List<Grant> grants = Stream.of(
                        grant(answers.fromOrigin()).stream(),
                        grant(answers.fromNull()).stream(),
                        // Fetch, "CORS-preflight fetch": one without an ok status grants nothing.
                        grant(answers.preflight()).filter(grant -> grant.status() / 100 == 2).stream())
                .flatMap(grant -> grant)
                .toList();
        Verdict verdict = judge(answers.origin(), grants);
        // What was seen to be open stays so; what looks closed is sure only when all three answered.
        Optional<Exchange> silent = Stream.of(answers.fromOrigin(), answers.fromNull(), answers.preflight())
                .filter(exchange -> exchange.response().isEmpty())
                .findFirst();
        if (silent.isPresent() && !verdict.outcome().isFinding()) {
            return Verdict.notChecked("no answer to a request with a foreign Origin ("
                    + silent.get()
                            .failure()
                            .map(failure -> Quote.of(failure.detail()))
                            .orElse("unknown") + ")");
        }
        return verdict.evidence(grants.stream().map(Grant::evidence).toList());
    }

    private static Verdict judge(String origin, List<Grant> grants) {
        if (grants.stream().anyMatch(grant -> grant.origin().equals(origin) && grant.credentials())) {
            return Verdict.fail("Any origin is echoed together with credentials: every site can act and read as the"
                            + " person signed in.")
                    .cap(Cap.C, "CORS reflects any origin together with credentials");
        }
        if (grants.stream().anyMatch(grant -> grant.origin().equals("null") && grant.credentials())) {
            return Verdict.fail(
                    "Origin null is allowed together with credentials: every site can send it from a sandboxed"
                            + " frame.");
        }
        if (grants.stream().anyMatch(grant -> grant.origin().equals(origin))) {
            return Verdict.warn("Any origin is echoed, without credentials.");
        }
        if (grants.stream().anyMatch(grant -> grant.origin().equals("*") && grant.credentials())) {
            return Verdict.warn("'*' together with credentials, which browsers refuse: somebody wanted more.");
        }
        if (grants.stream().anyMatch(grant -> grant.origin().equals("null"))) {
            return Verdict.warn("Origin null is allowed, without credentials.");
        }
        if (grants.isEmpty()) {
            return Verdict.pass("Foreign origins are not answered.");
        }
        return grants.stream().allMatch(grant -> grant.origin().equals("*"))
                ? Verdict.pass("'*' without credentials: public answers only.")
                : Verdict.pass("A fixed origin: " + Quote.of(grants.get(0).origin()) + ".");
    }

    private static Optional<Grant> grant(Exchange exchange) {
        return exchange.response().flatMap(CorsCheck::grant);
    }

    /** Several lines are one value, as Fetch combines them, and then match no origin. */
    private static Optional<Grant> grant(Response response) {
        return response.headers()
                .joined(ALLOW_ORIGIN)
                .map(origin -> new Grant(
                        response.status(),
                        origin,
                        response.headers().joined(ALLOW_CREDENTIALS).orElse("").equals("true")));
    }

    /** What one answer allows; credentials only where the value is true to the letter. */
    private record Grant(int status, String origin, boolean credentials) {
        private String evidence() {
            return Quote.line(ALLOW_ORIGIN + ": " + origin + (credentials ? "; " + ALLOW_CREDENTIALS + ": true" : ""));
        }
    }
}
