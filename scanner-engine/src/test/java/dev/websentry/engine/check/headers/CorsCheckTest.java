package dev.websentry.engine.check.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.SiteObservations.CorsResponses;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what the verdict on grants of other origins says. */
class CorsCheckTest {
    private static final String FOREIGN = "https://foreign.example";
    private static final HttpExchange NOTHING = response("", "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                      | ~~   | PASS | No foreign origin is allowed.
            *                       | ~~   | PASS | '*' without credentials
            https://a.example       | true | PASS | Only a fixed origin is allowed: https://a.example.
            https://foreign.example | TRUE | WARN | Any origin is reflected, without credentials.
            *                       | true | WARN | '*' is combined with credentials
            """)
    void grantToAForeignOriginIsDescribed(String origin, String credentials, CheckOutcome outcome, String text) {
        CheckVerdict verdict = evaluate(response(origin, credentials), NOTHING);
        assertEquals(outcome, verdict.outcome());
        assertTrue(verdict.value().contains(text), verdict.value());
    }

    @Test
    void oneFixedOriginAmongAsterisksIsNamed() {
        CheckVerdict verdict = evaluate(response("https://a.example", ""), response("*", ""));
        assertEquals("Only a fixed origin is allowed: https://a.example.", verdict.value());
        assertEquals(
                List.of("Access-Control-Allow-Origin: https://a.example", "Access-Control-Allow-Origin: *"),
                verdict.evidence());
    }

    @Test
    void nullWithoutCredentialsWarns() {
        CheckVerdict verdict = evaluate(NOTHING, response("null", ""));
        assertEquals(CheckOutcome.WARN, verdict.outcome());
        assertEquals("The origin null is allowed, without credentials.", verdict.value());
    }

    @Test
    void evidenceContainsAllowedCredentials() {
        assertEquals(
                List.of("Access-Control-Allow-Origin: null; Access-Control-Allow-Credentials: true"),
                evaluate(NOTHING, response("null", "true")).evidence());
    }

    @Test
    void reasonOfAMissingResponseIsNamed() {
        HttpExchange lost = ObservedSite.get(
                "https://www.example.com/",
                new HttpExchange.Failure(HttpExchange.Failure.RequestFailureKind.CONNECTION_LOST, "it is gone"));
        CheckVerdict verdict = evaluate(lost, NOTHING);
        assertEquals(CheckOutcome.NOT_CHECKED, verdict.outcome());
        assertTrue(verdict.value().contains("(it is gone)"), verdict.value());
    }

    private static CheckVerdict evaluate(HttpExchange fromOrigin, HttpExchange fromNull) {
        var responses = Observation.seen(new CorsResponses(FOREIGN, fromOrigin, fromNull, NOTHING));
        return CheckCatalog.evaluate(
                        new CorsCheck(), ObservedSite.page().cors(responses).observations())
                .verdict();
    }

    private static HttpExchange response(String origin, String credentials) {
        List<Header> headers = origin.isEmpty()
                ? List.of()
                : List.of(
                        new Header("Access-Control-Allow-Origin", origin),
                        new Header("Access-Control-Allow-Credentials", credentials));
        return ObservedSite.get("https://www.example.com/", ObservedSite.response(200, headers, ""));
    }
}
