package dev.websentry.engine.check.headers;

import static dev.websentry.engine.check.CheckOutcome.FAIL;
import static dev.websentry.engine.check.CheckOutcome.NOT_APPLICABLE;
import static dev.websentry.engine.check.CheckOutcome.NOT_CHECKED;
import static dev.websentry.engine.check.CheckOutcome.PASS;
import static dev.websentry.engine.check.CheckOutcome.WARN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CspCheckTest {
    private static final String CSP = "Content-Security-Policy";
    private static final String SAFE = "; object-src 'none'; base-uri 'none'";
    private static final String NONCE = "'nonce-bm9uY2Utb25l'";

    @ParameterizedTest(name = "{0}")
    @MethodSource("policies")
    void evaluatesPolicies(String sentence, CheckOutcome expected, String policy, String text) {
        CheckVerdict verdict = verdict(site(policy).observations());
        assertEquals(expected, verdict.outcome(), verdict.value());
        assertTrue(verdict.value().contains(text), verdict.value());
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                arguments(
                        "default-src 'self' passes",
                        PASS,
                        "default-src 'self'",
                        "The enforced policy restricts scripts"),
                arguments("default-src 'none' passes", PASS, "default-src 'none'", ""),
                arguments("an empty script-src allows nothing", PASS, "script-src; object-src 'none'", ""),
                arguments("directive names and keywords are case-insensitive", PASS, "Default-SRC 'SELF'", ""),
                arguments("named hosts pass", PASS, "script-src 'self' cdn.example.net" + SAFE, ""),
                arguments(
                        "inline styles pass with a note",
                        PASS,
                        "default-src 'self'; style-src 'unsafe-inline'",
                        "Note"),
                arguments(
                        "missing script-src and default-src fail",
                        FAIL,
                        "img-src 'self'",
                        "neither script-src nor default-src"),
                arguments("an empty policy fails", FAIL, "; ;", "No Content-Security-Policy"),
                arguments(
                        "unsafe-inline for scripts fails",
                        FAIL,
                        "script-src 'self' 'unsafe-inline'" + SAFE,
                        "'unsafe-inline'"),
                arguments("unsafe-inline in another case fails", FAIL, "script-src 'UNSAFE-Inline'" + SAFE, "inline"),
                arguments("unsafe-inline in default-src fails", FAIL, "default-src 'self' 'unsafe-inline'", "inline"),
                arguments("a nonce disables unsafe-inline", PASS, "script-src 'unsafe-inline' " + NONCE + SAFE, ""),
                arguments(
                        "the prefix nonce is case-insensitive",
                        PASS,
                        "script-src 'unsafe-inline' 'NONCE-bm9uY2Utb25l'" + SAFE,
                        ""),
                arguments(
                        "a malformed nonce does not disable unsafe-inline",
                        FAIL,
                        "script-src 'unsafe-inline' 'nonce-a b'" + SAFE,
                        "inline"),
                arguments(
                        "an empty nonce does not disable unsafe-inline",
                        FAIL,
                        "script-src 'unsafe-inline' 'nonce-'" + SAFE,
                        "inline"),
                arguments(
                        "a hash disables unsafe-inline",
                        PASS,
                        "script-src 'unsafe-inline' 'sha256-q1w2e3r4=='" + SAFE,
                        ""),
                arguments(
                        "an MD5 hash does not disable unsafe-inline",
                        FAIL,
                        "script-src 'unsafe-inline' 'md5-q1w2e3r4'" + SAFE,
                        "inline"),
                arguments(
                        "an empty hash does not disable unsafe-inline",
                        FAIL,
                        "script-src 'unsafe-inline' 'sha256'" + SAFE,
                        "inline"),
                arguments(
                        "an unquoted keyword is a host",
                        WARN,
                        "script-src unsafe-inline" + SAFE,
                        "probably meant 'unsafe-inline'"),
                arguments("any host fails", FAIL, "script-src *" + SAFE, "* in the effective script-src"),
                arguments("any https host fails", FAIL, "script-src https:" + SAFE, "https:"),
                arguments("any host with a scheme fails", FAIL, "script-src https://*" + SAFE, "https://*"),
                arguments("any http host fails", FAIL, "script-src HTTP:" + SAFE, "HTTP:"),
                arguments("data URLs fail", FAIL, "script-src data:" + SAFE, "data:"),
                arguments("any host in default-src fails", FAIL, "default-src *; object-src 'none'", "anywhere"),
                arguments("script-src overrides default-src", PASS, "default-src https:; script-src 'self'" + SAFE, ""),
                arguments(
                        "script-src-elem overrides script-src",
                        FAIL,
                        "script-src 'self'; script-src-elem *" + SAFE,
                        "anywhere"),
                arguments(
                        "unsafe-inline in script-src-attr allows event handlers",
                        FAIL,
                        "script-src 'self'; script-src-attr 'unsafe-inline'" + SAFE,
                        "event handlers"),
                arguments(
                        "strict-dynamic disables hosts and schemes",
                        PASS,
                        "script-src 'strict-dynamic' " + NONCE + " https: http: 'unsafe-inline'" + SAFE,
                        ""),
                arguments(
                        "strict-dynamic without nonce or hash warns",
                        WARN,
                        "script-src 'strict-dynamic'" + SAFE,
                        "without nonce"),
                arguments("plug-ins from any host warn", WARN, "script-src 'self'; object-src *", "* in the effective"),
                arguments(
                        "plug-ins from any host of a scheme warn",
                        WARN,
                        "script-src 'self'; object-src https:",
                        "plug-ins"),
                arguments(
                        "plug-ins from any host in default-src warn",
                        WARN,
                        "default-src https:; script-src 'self'",
                        "plug-ins"),
                arguments("missing object-src warns", WARN, "script-src 'self'; base-uri 'none'", "object-src"),
                arguments("unsafe-eval warns", WARN, "script-src 'self' 'unsafe-eval'" + SAFE, "'unsafe-eval'"),
                arguments("wasm-unsafe-eval passes", PASS, "script-src 'self' 'wasm-unsafe-eval'" + SAFE, ""),
                arguments("a plain http host warns", WARN, "script-src http://cdn.example.net" + SAFE, "plain http"),
                arguments("a nonce without base-uri warns", WARN, "default-src " + NONCE, "without base-uri"),
                arguments("a hash without base-uri passes", PASS, "default-src 'sha256-q1w2e3r4=='", ""),
                arguments(
                        "a hash with strict-dynamic without base-uri warns",
                        WARN,
                        "default-src 'sha256-q1w2e3r4==' 'strict-dynamic'",
                        "without base-uri"),
                arguments(
                        "an unrestricted base-uri warns",
                        WARN,
                        "default-src " + NONCE + "; base-uri *",
                        "without base-uri"),
                arguments("a short nonce warns", WARN, "script-src 'nonce-abc'" + SAFE, "shorter than 8 characters"),
                arguments(
                        "a duplicate directive warns",
                        WARN,
                        "default-src 'self'; default-src *",
                        "duplicate directive"),
                arguments(
                        "the first of two duplicate directives applies",
                        FAIL,
                        "default-src *; default-src 'self'",
                        "anywhere"),
                arguments("an unknown directive warns", WARN, "default-src 'self'; scirpt-src 'self'", "scirpt-src"),
                arguments(
                        "a non-ASCII directive is skipped", FAIL, "default-src 'self' ä", "No Content-Security-Policy"),
                arguments("one strict policy of a list is sufficient", PASS, "default-src *, default-src 'self'", ""),
                arguments(
                        "several policies complement each other",
                        PASS,
                        "script-src 'self'; base-uri 'none', object-src 'none'",
                        ""),
                arguments("an unknown keyword is reported", PASS, "default-src 'self' 'unsafe'", "browsers ignore"));
    }

    private static ObservedSite site(String policy) {
        Header other = new Header(CSP, "script-src 'nonce-YW5vdGhlci1vbmU='");
        return ObservedSite.page()
                .header(CSP, policy)
                .again(ObservedSite.get("https://www.example.com/", ObservedSite.response(200, List.of(other), "")));
    }

    private static CheckVerdict verdict(ScanObservations seen) {
        return CheckCatalog.evaluate(new CspCheck(), seen).verdict();
    }

    @Test
    void allHeaderLinesAreEnforced() {
        assertEquals(
                PASS,
                verdict(ObservedSite.page()
                                .header(CSP, "default-src *")
                                .header(CSP, "default-src 'self'")
                                .observations())
                        .outcome());
    }

    @Test
    void reportOnlyPolicyDoesNotCount() {
        CheckVerdict verdict = verdict(ObservedSite.page()
                .header(CSP + "-Report-Only", "default-src 'self'")
                .observations());
        assertEquals(FAIL, verdict.outcome());
        assertTrue(verdict.value().contains("Report-Only"));
    }

    @Test
    void repeatedNonceWarns() {
        String policy = "script-src " + NONCE + SAFE;
        var again = ObservedSite.get(
                "https://www.example.com/", ObservedSite.response(200, List.of(new Header(CSP, policy)), ""));
        CheckVerdict verdict =
                verdict(ObservedSite.page().header(CSP, policy).again(again).observations());
        assertEquals(WARN, verdict.outcome());
        assertTrue(verdict.value().contains("same nonce"));
    }

    @Test
    void nonceIsNotCheckedIfSecondResponseIsAnErrorPage() {
        String policy = "script-src " + NONCE + SAFE;
        for (ObservedSite site : List.of(
                ObservedSite.page()
                        .header(CSP, policy)
                        .again(ObservedSite.get("https://www.example.com/", ObservedSite.response(503, List.of(), ""))),
                ObservedSite.page()
                        .header(CSP, policy)
                        .again(ObservedSite.get(
                                "https://www.example.com/", ObservedSite.response(200, List.of(), ""))))) {
            assertEquals(NOT_CHECKED, verdict(site.observations()).outcome());
        }
    }

    @Test
    void nonceIsNotCheckedWithoutSecondResponse() {
        assertEquals(
                NOT_CHECKED,
                verdict(ObservedSite.page()
                                .header(CSP, "script-src " + NONCE + SAFE)
                                .observations())
                        .outcome());
    }

    @Test
    void checkIsNotApplicableToOtherContentTypes() {
        assertEquals(
                NOT_APPLICABLE,
                verdict(ObservedSite.page().contentType("application/json").observations())
                        .outcome());
    }

    @Test
    void errorPageIsEvaluatedWithANote() {
        assertTrue(
                verdict(ObservedSite.page().status(404).observations()).value().contains("status 404"));
    }

    @Test
    void unsafeInlineNeverImprovesTheOutcome() {
        Random random = new Random(4);
        String[] sources = {"'self'", "*", "https:", "cdn.example.net", "'unsafe-eval'", "'none'", "data:"};
        String[] names = {"script-src", "default-src", "object-src", "base-uri", "script-src-elem", "img-src"};
        for (int i = 0; i < 2000; i++) {
            StringBuilder rest = new StringBuilder();
            for (int n = random.nextInt(4); n > 0; n--) {
                rest.append(names[random.nextInt(names.length)])
                        .append(' ')
                        .append(sources[random.nextInt(sources.length)])
                        .append("; ");
            }
            String script = "script-src " + sources[random.nextInt(sources.length)];
            CheckOutcome without =
                    verdict(site(script + "; " + rest).unrecordedObservations()).outcome();
            CheckOutcome with = verdict(
                            site(script + " 'unsafe-inline'; " + rest).unrecordedObservations())
                    .outcome();
            assertTrue(with.compareTo(without) >= 0, script + "; " + rest);
        }
    }
}
