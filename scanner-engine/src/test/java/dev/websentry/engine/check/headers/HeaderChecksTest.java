package dev.websentry.engine.check.headers;

import static dev.websentry.engine.check.CheckOutcome.FAIL;
import static dev.websentry.engine.check.CheckOutcome.NOT_APPLICABLE;
import static dev.websentry.engine.check.CheckOutcome.NOT_CHECKED;
import static dev.websentry.engine.check.CheckOutcome.PASS;
import static dev.websentry.engine.check.CheckOutcome.WARN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.SiteObservations.CorsResponses;
import dev.websentry.engine.syntax.Header;
import dev.websentry.testsite.ProcessorTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderChecksTest {
    private static final String CSP = "Content-Security-Policy";
    private static final String XFO = "X-Frame-Options";
    private static final String ORIGIN = "https://k3jd82.example";
    private static final String SRI = " integrity=sha384-oqVuAfXRKap7fdgcCY5uykM6";

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void evaluatesHeaders(String sentence, Check check, CheckOutcome expected, List<Header> headers, String body) {
        ObservedSite site = ObservedSite.page().body(body);
        headers.forEach(header -> site.header(header.name(), header.value()));
        CheckVerdict verdict = CheckCatalog.evaluate(check, site.observations()).verdict();
        assertEquals(expected, verdict.outcome(), verdict.value());
    }

    static Stream<Arguments> headers() {
        return Stream.of(framing(), nosniff(), referrer(), permissions(), subresources())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> framing() {
        Check check = new ClickjackingCheck();
        return Stream.of(
                row("missing header fails", check, FAIL),
                row("DENY passes", check, PASS, XFO, "DENY"),
                row("SAMEORIGIN is case-insensitive", check, PASS, XFO, "SameOrigin"),
                row("a repeated value passes", check, PASS, XFO, "DENY", XFO, "deny"),
                row("conflicting values warn", check, WARN, XFO, "DENY, SAMEORIGIN"),
                row("a trailing comma is a conflicting value", check, WARN, XFO, "DENY,"),
                row("two unknown values fail", check, FAIL, XFO, "x, y"),
                row("ALLOW-FROM fails", check, FAIL, XFO, "ALLOW-FROM https://a.example"),
                row("ALLOWALL fails", check, FAIL, XFO, "ALLOWALL"),
                row("frame-ancestors 'none' passes", check, PASS, CSP, "frame-ancestors 'none'"),
                row("a listed https host passes", check, PASS, CSP, "frame-ancestors https://a.example"),
                row("a wildcard host warns", check, WARN, CSP, "frame-ancestors https://*.a.example"),
                row("a plain http host warns", check, WARN, CSP, "frame-ancestors http://a.example"),
                row("frame-ancestors * fails", check, FAIL, CSP, "frame-ancestors *"),
                row("frame-ancestors https: fails", check, FAIL, CSP, "frame-ancestors https:"),
                row("frame-ancestors * overrides DENY", check, FAIL, CSP, "frame-ancestors *", XFO, "DENY"),
                row(
                        "the stricter of two policies applies",
                        check,
                        PASS,
                        CSP,
                        "frame-ancestors *, frame-ancestors 'self'"),
                row(
                        "Report-Only does not override X-Frame-Options",
                        check,
                        PASS,
                        CSP + "-Report-Only",
                        "frame-ancestors *",
                        XFO,
                        "DENY"),
                html(
                        "X-Frame-Options in a meta element fails",
                        check,
                        FAIL,
                        "<meta http-equiv=x-frame-options content=DENY>"),
                html(
                        "frame-ancestors in a meta element fails",
                        check,
                        FAIL,
                        "<meta http-equiv=Content-Security-Policy content=\"frame-ancestors 'none'\">"));
    }

    private static Stream<Arguments> nosniff() {
        Check check = new ContentTypeOptionsCheck();
        String name = "X-Content-Type-Options";
        return Stream.of(
                row("nosniff passes", check, PASS, name, "NoSniff"),
                row("nosniff as the first value passes", check, PASS, name, "nosniff, x"),
                row("nosniff as a later value fails", check, FAIL, name, "x, nosniff"),
                row("nosniff in a later line fails", check, FAIL, name, "x", name, "nosniff"),
                row("a quoted nosniff fails", check, FAIL, name, "\"nosniff\""),
                row("missing nosniff fails", check, FAIL));
    }

    private static Stream<Arguments> referrer() {
        Check check = new ReferrerPolicyCheck();
        String name = "Referrer-Policy";
        return Stream.of(
                row("missing referrer policy fails", check, FAIL),
                row("strict-origin passes", check, PASS, name, "strict-origin"),
                row("tokens are case-insensitive", check, PASS, name, "No-Referrer"),
                row("the last known token applies", check, PASS, name, "unsafe-url, same-origin, future-token"),
                row("the last line applies", check, FAIL, name, "no-referrer", name, "origin"),
                row("unknown tokens only fail", check, FAIL, name, "none"),
                row("unsafe-url fails", check, FAIL, name, "unsafe-url"),
                row("the old default fails", check, FAIL, name, "no-referrer-when-downgrade"),
                html("a meta policy passes", check, PASS, "<meta name=referrer content=no-referrer>"),
                html(
                        "a legacy value in a meta element is recognized",
                        check,
                        FAIL,
                        "<meta name=referrer content=always>"),
                arguments(
                        "a meta policy replaces the header policy",
                        check,
                        FAIL,
                        List.of(new Header(name, "no-referrer")),
                        "<meta name=referrer content=unsafe-url>"));
    }

    private static Stream<Arguments> permissions() {
        Check check = new PermissionsPolicyCheck();
        String name = "Permissions-Policy";
        return Stream.of(
                row("missing permissions policy fails", check, FAIL),
                row("a disabled feature passes", check, PASS, name, "camera=()"),
                row(
                        "a feature restricted to an origin passes",
                        check,
                        PASS,
                        name,
                        "camera=(self \"https://a.example\")"),
                row("several lines form one dictionary", check, FAIL, name, "camera=()", name, "camera=*"),
                row("a powerful feature for every origin fails", check, FAIL, name, "camera=(), geolocation=*"),
                row("an asterisk in a list allows every origin", check, FAIL, name, "camera=(self *)"),
                row("unknown features only fail", check, FAIL, name, "interest-cohort=()"),
                row("the syntax of Feature-Policy fails", check, FAIL, name, "camera 'none'; microphone 'none'"),
                row("a trailing comma invalidates the header", check, FAIL, name, "camera=(),"),
                row("an upper-case key invalidates the header", check, FAIL, name, "Camera=()"),
                row("Feature-Policy only warns", check, WARN, "Feature-Policy", "camera 'none'"));
    }

    private static Stream<Arguments> subresources() {
        Check check = new SubresourceIntegrityCheck();
        String cdn = "<script src=https://cdn.example.net/a.js";
        return Stream.of(
                html("a page that loads nothing passes", check, PASS, "<p>hello"),
                html(
                        "same-site scripts need no integrity",
                        check,
                        PASS,
                        "<script src=//static.example.com/a.js></script>"),
                html("a script with integrity passes", check, PASS, cdn + SRI + "></script>"),
                html("a cross-site script without integrity warns", check, WARN, cdn + "></script>"),
                html(
                        "a cross-site style sheet without integrity warns",
                        check,
                        WARN,
                        "<link rel=stylesheet href=//x.example.net/a.css>"),
                html("malformed integrity warns", check, WARN, cdn + " integrity=md5-abc></script>"),
                html("data blocks are not scripts", check, PASS, cdn + " type=application/json></script>"),
                html("an image over http warns", check, WARN, "<img src=http://www.example.com/a.png>"),
                html("a script over http fails", check, FAIL, "<script src=http://www.example.com/a.js></script>"),
                html("a frame over http fails", check, FAIL, "<iframe src=http://www.example.com/></iframe>"),
                html("an image set over http fails", check, FAIL, "<img srcset='http://a.example/1 1x'>"),
                html(
                        "a preloaded image over http warns",
                        check,
                        WARN,
                        "<link rel=preload as=image href=http://a.example/>"),
                html(
                        "the content of a template is ignored",
                        check,
                        PASS,
                        "<template><script src=http://www.example.com/a.js></script></template>"),
                html(
                        "the content of noscript is ignored",
                        check,
                        PASS,
                        "<noscript><img src=http://www.example.com/a.png></noscript>"),
                html(
                        "the base element is applied",
                        check,
                        FAIL,
                        "<base href=http://a.example/><script src=a.js></script>"),
                html("a link to http is not a subresource", check, PASS, "<a href=http://a.example/>x</a>"),
                arguments(
                        "an upgraded script passes",
                        check,
                        PASS,
                        List.of(new Header(CSP, "upgrade-insecure-requests")),
                        "<script src=http://www.example.com/a.js></script>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cors")
    void evaluatesCors(
            String sentence,
            CheckOutcome expected,
            int cap,
            HttpExchange fromOrigin,
            HttpExchange fromNull,
            HttpExchange preflight) {
        var answers = Observation.seen(new CorsResponses(ORIGIN, fromOrigin, fromNull, preflight));
        CheckVerdict verdict = CheckCatalog.evaluate(
                        new CorsCheck(), ObservedSite.page().cors(answers).observations())
                .verdict();
        assertEquals(expected, verdict.outcome(), verdict.value());
        assertEquals(cap == 0 ? 0 : 1, verdict.caps().size());
    }

    static Stream<Arguments> cors() {
        HttpExchange denied = answer(200, "", false);
        HttpExchange lost = ObservedSite.get(
                "https://www.example.com/",
                new HttpExchange.Failure(HttpExchange.Failure.RequestFailureKind.CONNECTION_LOST, "gone"));
        return Stream.of(
                arguments("no allowed origin passes", PASS, 0, denied, denied, denied),
                arguments("a fixed origin passes", PASS, 0, answer(200, "https://a.example", true), denied, denied),
                arguments("* without credentials passes", PASS, 0, answer(200, "*", false), denied, denied),
                arguments("* with credentials warns", WARN, 0, answer(200, "*", true), denied, denied),
                arguments("a reflected origin warns", WARN, 0, answer(200, ORIGIN, false), denied, denied),
                arguments(
                        "a reflected origin with credentials fails and caps the score",
                        FAIL,
                        69,
                        answer(200, ORIGIN, true),
                        denied,
                        denied),
                arguments("null with credentials fails", FAIL, 0, denied, answer(200, "null", true), denied),
                arguments(
                        "a preflight that reflects the origin with credentials fails",
                        FAIL,
                        69,
                        denied,
                        denied,
                        answer(204, ORIGIN, true)),
                arguments("a rejected preflight passes", PASS, 0, denied, denied, answer(403, ORIGIN, true)),
                arguments("a missing response is not checked", NOT_CHECKED, 0, denied, lost, denied),
                arguments(
                        "a finding holds despite missing responses", FAIL, 69, answer(200, ORIGIN, true), lost, lost));
    }

    private static HttpExchange answer(int status, String origin, boolean credentials) {
        List<Header> headers = new ArrayList<>();
        if (!origin.isEmpty()) {
            headers.add(new Header("Access-Control-Allow-Origin", origin));
        }
        if (credentials) {
            headers.add(new Header("Access-Control-Allow-Credentials", "true"));
        }
        return ObservedSite.get("https://www.example.com/", ObservedSite.response(status, headers, ""));
    }

    private static Arguments row(String sentence, Check check, CheckOutcome expected, String... headers) {
        List<Header> lines = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(new Header(headers[i], headers[i + 1]));
        }
        return arguments(sentence, check, expected, lines, "<!doctype html><title>x</title>");
    }

    private static Arguments html(String sentence, Check check, CheckOutcome expected, String body) {
        return arguments(sentence, check, expected, List.of(), body);
    }

    @Test
    void documentChecksDoNotApplyToJson() {
        var json =
                ObservedSite.page().contentType("application/json").body("{}").observations();
        for (Check check : List.of(
                new ClickjackingCheck(),
                new ReferrerPolicyCheck(),
                new PermissionsPolicyCheck(),
                new SubresourceIntegrityCheck())) {
            assertEquals(
                    NOT_APPLICABLE, CheckCatalog.evaluate(check, json).verdict().outcome());
        }
        assertEquals(
                FAIL,
                CheckCatalog.evaluate(new ContentTypeOptionsCheck(), json)
                        .verdict()
                        .outcome());
    }

    @Test
    void redirectWithoutFinalPageIsNotChecked() {
        var redirect = ObservedSite.page().status(302).observations();
        assertEquals(
                NOT_CHECKED,
                CheckCatalog.evaluate(new ClickjackingCheck(), redirect)
                        .verdict()
                        .outcome());
    }

    @Tag("endurance")
    @Test
    void checksSurviveRandomInput() {
        Random random = new Random(11);
        String letters = "abz019 \t,;:='\"()*?@%\\/.-_<>[]{}\u00e9\u0001sha256-nonce-script-src'unsafe-inline'http://";
        String[] names = {
            CSP, XFO, "Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy"
        };
        ProcessorTime.limit(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 600; i++) {
                ObservedSite site = ObservedSite.page()
                        .body("<base href='" + noise(random, letters) + "'>"
                                + "<script src='" + noise(random, letters) + "'></script><meta http-equiv=" + CSP
                                + " content=\""
                                + noise(random, letters) + "\">");
                for (String name : names) {
                    site.header(name, noise(random, letters));
                }
                var seen = site.observations();
                HeaderChecks.ALL.forEach(check -> assertTrue(
                        !CheckCatalog.evaluate(check, seen).verdict().value().isEmpty()));
            }
        });
    }

    @Tag("endurance")
    @Test
    void longHeadersAreParsedInTime() {
        String[] pieces = {"'", "a.", "*", "(", ",", ";", "\"", "\\", "%\"%aa", "x=", " ", "sha256-", "[:", "a:", "="};
        ProcessorTime.limit(Duration.ofSeconds(60), () -> {
            for (String piece : pieces) {
                ObservedSite site = ObservedSite.page()
                        .header(CSP, "default-src 'self' " + piece.repeat(20_000))
                        .header("Permissions-Policy", "camera=" + piece.repeat(20_000))
                        .header("Referrer-Policy", piece.repeat(20_000));
                var seen = site.observations();
                HeaderChecks.ALL.forEach(check -> CheckCatalog.evaluate(check, seen));
            }
        });
    }

    private static String noise(Random random, String letters) {
        StringBuilder noise = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
            int from = random.nextInt(letters.length());
            noise.append(letters, from, Math.min(letters.length(), from + 1 + random.nextInt(12)));
        }
        return noise.toString();
    }

    @Tag("endurance")
    @Test
    void deeplyNestedMarkupIsEvaluatedInTime() {
        ObservedSite site = ObservedSite.page()
                .body("<template><script src=http://a.example></script></template>" + "<b>".repeat(350_000)
                        + "<script src=http://b.example></script>");
        CheckVerdict verdict = ProcessorTime.limit(
                Duration.ofSeconds(20),
                () -> CheckCatalog.evaluate(new SubresourceIntegrityCheck(), site.observations())
                        .verdict());
        assertEquals(FAIL, verdict.outcome(), verdict.value());
        assertTrue(verdict.value().contains("b.example")
                || verdict.evidence().toString().contains("b.example"));
        assertTrue(!verdict.evidence().toString().contains("a.example"), "the content of a template is ignored");
    }
}
