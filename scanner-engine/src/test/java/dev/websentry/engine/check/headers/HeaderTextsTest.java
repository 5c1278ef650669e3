package dev.websentry.engine.check.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what the verdicts on single headers say, and their evidence. */
class HeaderTextsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Security-Policy-Report-Only | default-src 'none' | Sent
            X-Other                             | 1                  | Not sent.
            """)
    void reportOnlyPolicyIsReported(String name, String value, String text) {
        assertText(text, evaluate(new CspReportOnlyInfo(), ObservedSite.page().header(name, value)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-XSS-Protection | 1; mode=block | is enabled
            X-XSS-Protection | 0             | is disabled
            X-Other          | 1             | Not sent, as recommended.
            """)
    void filterOfBrowsersIsReported(String name, String value, String text) {
        assertText(text, evaluate(new XssProtectionInfo(), ObservedSite.page().header(name, value)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            require-trusted-types-for 'script' | Required for scripts.
            require-trusted-types-for 'style'  | Not required.
            default-src 'self'                 | Not required.
            """)
    void trustedTypesAreReported(String policy, String text) {
        ObservedSite site = ObservedSite.page().header("Content-Security-Policy", policy);
        assertText(text, evaluate(new TrustedTypesInfo(), site));
    }

    @Test
    void obsoleteHeadersAreListed() {
        Check check = new ObsoleteHeadersInfo();
        assertText("No obsolete header is sent.", evaluate(check, ObservedSite.page()));
        CheckVerdict verdict = evaluate(
                check,
                ObservedSite.page()
                        .header("p3p", "CP=1")
                        .header("Expect-CT", "max-age=0")
                        .header("Server", "x"));
        assertEquals("Remove Expect-CT, P3P.", verdict.value());
        assertEquals(List.of("Expect-CT: max-age=0", "P3P: CP=1"), verdict.evidence());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <p>                                      | ~~          | No Referrer-Policy header and no
            <p>                                      | x           | no value that browsers recognize
            <meta name=referrer content=x>           | ~~          | no value that browsers recognize
            <meta name=referrer content=no-referrer> | unsafe-url  | no-referrer, set by the meta element.
            <meta name=referrer content=x>           | no-referrer | no-referrer, the last recognized
            """)
    void sourceOfTheReferrerPolicyIsNamed(String body, String value, String text) {
        ObservedSite site = ObservedSite.page().body(body);
        if (!value.isEmpty()) {
            site.header("Referrer-Policy", value);
        }
        assertText(text, evaluate(new ReferrerPolicyCheck(), site));
    }

    @Test
    void evidenceOfTheReferrerPolicyContainsHeadersAndMetaElements() {
        ObservedSite site = ObservedSite.page()
                .header("Referrer-Policy", "origin")
                .body("<meta name=referrer content=no-referrer><meta name=referrer content=same-origin>");
        CheckVerdict verdict = evaluate(new ReferrerPolicyCheck(), site);
        assertText("same-origin, set by the meta element.", verdict);
        assertEquals(
                List.of("Referrer-Policy: origin", "meta referrer: no-referrer", "meta referrer: same-origin"),
                verdict.evidence());
    }

    @Test
    void frameOptionsInAMetaElementAreMentioned() {
        Check check = new ClickjackingCheck();
        assertText(
                "set in a meta element",
                evaluate(check, ObservedSite.page().body("<meta http-equiv=x-frame-options content=DENY>")));
        assertText(
                "Neither frame-ancestors nor",
                evaluate(check, ObservedSite.page().body("<meta http-equiv=content-language content=en>")));
        assertText("Neither frame-ancestors nor", evaluate(check, ObservedSite.page()));
    }

    @Test
    void schemeThatNoSiteHasDoesNotAllowEverySite() {
        CheckVerdict verdict = evaluate(
                new ClickjackingCheck(),
                ObservedSite.page().header("Content-Security-Policy", "frame-ancestors 'self' data:"));
        assertEquals(CheckOutcome.WARN, verdict.outcome(), verdict.value());
    }

    @ParameterizedTest
    @CsvSource({
        "200, FAIL, No X-Content-Type-Options header.",
        "299, FAIL, No X-Content-Type-Options header.",
        "399, NOT_CHECKED, the redirects ended with status 399",
        "300, NOT_CHECKED, the redirects ended with status 300",
        "400, FAIL, Evaluated on a response with status 400."
    })
    void statusOfTheFinalResponseIsConsidered(int status, CheckOutcome outcome, String text) {
        CheckVerdict verdict =
                evaluate(new ContentTypeOptionsCheck(), ObservedSite.page().status(status));
        assertEquals(outcome, verdict.outcome(), verdict.value());
        assertText(text, verdict);
    }

    @ParameterizedTest
    @CsvSource({"text/html, true, true", "text/html, false, false", "application/json, true, false"})
    void pageThatWasReadInPartIsMentioned(String type, boolean truncated, boolean mentioned) {
        Response whole = ObservedSite.response(200, List.of(new Header("Content-Type", type)), "<p>x");
        Response read = new Response(
                whole.status(),
                whole.protocol(),
                whole.headers(),
                whole.body(),
                truncated,
                whole.tls(),
                whole.address());
        CheckVerdict verdict = evaluate(
                new ContentTypeOptionsCheck(),
                ObservedSite.page()
                        .entry(Observation.seen(
                                ObservedSite.chain(ObservedSite.get("https://www.example.com/", read)))));
        assertEquals(mentioned, verdict.value().contains("Only the beginning of the page"), verdict.value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <p>x | The page loads nothing over plain http, and no script or style comes from another site.
            <script src=//b.net/a integrity=sha256-x></script> | The page loads nothing over plain http, and every \
            script and style from another site has a valid integrity attribute.
            <script src=http://b.net/a></script> | Active content is loaded over plain http: http://b.net/a.
            <img src=http://b.net/a> | Images or media are loaded over plain http: http://b.net/a.
            <script src=//b.net/a></script><script src=//b.net/a></script> | Scripts or styles from other sites have \
            no valid integrity attribute: https://b.net/a.
            <img src=http://b.net/a><script src=//c.net/></script> | Images or media are loaded over plain http: \
            http://b.net/a. Scripts or styles from other sites have no valid integrity attribute: https://c.net/.
            """)
    void subresourcesAreNamed(String body, String text) {
        assertEquals(
                text,
                evaluate(new SubresourceIntegrityCheck(), ObservedSite.page().body(body))
                        .value());
    }

    @ParameterizedTest
    @CsvSource({
        "<img src=http://b.net/a>, The policy upgrades http URLs",
        "<script src=http://www.example.com/a></script>, The policy upgrades http URLs",
        "<p>x, The page loads nothing over plain http"
    })
    void upgradeOfUrlsIsMentioned(String body, String text) {
        CheckVerdict verdict = evaluate(
                new SubresourceIntegrityCheck(),
                ObservedSite.page()
                        .header("Content-Security-Policy", "upgrade-insecure-requests")
                        .body(body));
        assertEquals(CheckOutcome.PASS, verdict.outcome());
        assertText(text, verdict);
        assertEquals(List.of(), verdict.evidence());
    }

    @Test
    void evidenceOfSubresourcesNamesTheFirstUrlsOfEachKind() {
        StringBuilder body = new StringBuilder("<script src=http://c.net/></script>");
        for (int i = 1; i <= 5; i++) {
            body.append("<img src=http://b.net/").append(i).append(">");
        }
        CheckVerdict verdict =
                evaluate(new SubresourceIntegrityCheck(), ObservedSite.page().body(body.toString()));
        assertEquals(
                List.of(
                        "http: http://c.net/",
                        "http: http://b.net/1",
                        "http: http://b.net/2",
                        "http: http://b.net/3",
                        "http: http://b.net/4",
                        "no integrity: http://c.net/"),
                verdict.evidence());
    }

    private static CheckVerdict evaluate(Check check, ObservedSite site) {
        return CheckCatalog.evaluate(check, site.observations()).verdict();
    }

    private static void assertText(String text, CheckVerdict verdict) {
        assertTrue(verdict.value().contains(text), verdict.value());
    }
}
