package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations.CorsResponses;
import dev.websentry.engine.syntax.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks that other sites cannot read responses that are meant for the signed-in user. */
final class CorsCheck implements Check {
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "headers.cors", "CORS", CheckCategory.HEADERS, 2)
            .description("Other origins cannot read responses, or only public ones without credentials.")
            .remediation(Remediation.of(
                            "Allow only origins on a fixed list, compare complete origins, and never allow null.")
                    .nginx("""
                            # http block
                            map $http_origin $cors_origin {
                                default "";
                                "https://app.example.com" $http_origin;
                            }
                            # server or location block
                            add_header Access-Control-Allow-Origin $cors_origin always;
                            add_header Vary Origin always;""")
                    .apache("""
                            SetEnvIf Origin "^https://app\\.example\\.com$" CORS_ORIGIN=$0
                            Header always set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN
                            Header always merge Vary Origin""")
                    .springSecurity("""
                            CorsConfiguration cors = new CorsConfiguration();
                            cors.setAllowedOrigins(List.of("https://app.example.com"));"""))
            .references(
                    "https://fetch.spec.whatwg.org/#http-cors-protocol",
                    "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/11-Client-side_Testing/07-Testing_Cross_Origin_Resource_Sharing")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        CorsResponses responses = seen.site().cors().value();
        List<CorsGrant> grants = Stream.of(
                        grant(responses.fromOrigin()).stream(),
                        grant(responses.fromNull()).stream(),
                        // Fetch standard, "CORS-preflight fetch": without an ok status it grants nothing.
                        grant(responses.preflight()).filter(grant -> grant.status() / 100 == 2).stream())
                .flatMap(grant -> grant)
                .toList();
        CheckVerdict verdict = evaluate(responses.origin(), grants);
        // A finding holds even if a response is missing; a pass requires all three responses.
        Optional<HttpExchange> unanswered = Stream.of(
                        responses.fromOrigin(), responses.fromNull(), responses.preflight())
                .filter(exchange -> exchange.response().isEmpty())
                .findFirst();
        if (unanswered.isPresent() && !verdict.outcome().isFinding()) {
            return CheckVerdict.notChecked("no response to a request with a foreign Origin ("
                    + unanswered
                            .get()
                            .failure()
                            .map(failure -> Excerpt.inSentence(failure.detail()))
                            .orElse("unknown") + ")");
        }
        return verdict.evidence(grants.stream().map(CorsGrant::evidence).toList());
    }

    private static CheckVerdict evaluate(String origin, List<CorsGrant> grants) {
        if (grants.stream().anyMatch(grant -> grant.origin().equals(origin) && grant.credentials())) {
            return CheckVerdict.fail(
                            "Any origin is reflected and credentials are allowed: every site can send requests and"
                                    + " read responses as the signed-in user.")
                    .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_C, "CORS reflects any origin and allows credentials");
        }
        if (grants.stream().anyMatch(grant -> grant.origin().equals("null") && grant.credentials())) {
            return CheckVerdict.fail(
                    "The origin null is allowed with credentials: every site can send it from a sandboxed" + " frame.");
        }
        if (grants.stream().anyMatch(grant -> grant.origin().equals(origin))) {
            return CheckVerdict.warn("Any origin is reflected, without credentials.");
        }
        if (grants.stream().anyMatch(grant -> grant.origin().equals("*") && grant.credentials())) {
            return CheckVerdict.warn(
                    "'*' is combined with credentials. Browsers reject this combination, but it suggests"
                            + " that wider access was intended.");
        }
        if (grants.stream().anyMatch(grant -> grant.origin().equals("null"))) {
            return CheckVerdict.warn("The origin null is allowed, without credentials.");
        }
        if (grants.isEmpty()) {
            return CheckVerdict.pass("No foreign origin is allowed.");
        }
        return grants.stream().allMatch(grant -> grant.origin().equals("*"))
                ? CheckVerdict.pass("'*' without credentials: only public responses are readable.")
                : CheckVerdict.pass("Only a fixed origin is allowed: "
                        + Excerpt.inSentence(grants.get(0).origin()) + ".");
    }

    private static Optional<CorsGrant> grant(HttpExchange exchange) {
        return exchange.response().flatMap(CorsCheck::grant);
    }

    /** Several lines are joined into one value, as in the Fetch standard; that value then matches no origin. */
    private static Optional<CorsGrant> grant(Response response) {
        return response.headers()
                .joined(ALLOW_ORIGIN)
                .map(origin -> new CorsGrant(
                        response.status(),
                        origin,
                        response.headers().joined(ALLOW_CREDENTIALS).orElse("").equals("true")));
    }

    /** What one response allows; credentials are allowed only if the value is exactly {@code true}. */
    private record CorsGrant(int status, String origin, boolean credentials) {
        private String evidence() {
            return Excerpt.evidenceLine(
                    ALLOW_ORIGIN + ": " + origin + (credentials ? "; " + ALLOW_CREDENTIALS + ": true" : ""));
        }
    }
}
