package dev.websentry.engine.check.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.syntax.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the suggested policy allows what the page loads, and nothing else. */
class SuggestedCspTest {
    private static final String CSP = "Content-Security-Policy";

    @Test
    void suggestedPolicyPassesTheCheck() {
        String html = "<script src=https://cdn.example.net/a.js></script><script>go()</script><p onclick='x()'>"
                + "<img src=http://img.example.org/x.png><link rel=stylesheet href=//css.example.org/x.css>";
        CheckVerdict failed = verdict(ObservedSite.page().body(html).observations());
        String code = failed.remediation().orElseThrow().configs().get(0).code();
        String policy = code.substring(code.indexOf('"') + 1, code.lastIndexOf('"'));
        assertTrue(policy.contains("https://cdn.example.net") && policy.contains("'sha256-"), policy);
        Header other = new Header(CSP, "script-src 'nonce-YW5vdGhlci1vbmU='");
        ObservedSite site = ObservedSite.page()
                .header(CSP, policy)
                .body(html)
                .again(ObservedSite.get("https://www.example.com/", ObservedSite.response(200, List.of(other), "")));
        assertEquals(CheckOutcome.PASS, verdict(site.observations()).outcome(), policy);
    }

    @Test
    void pageThatLoadsNothingGetsTheStrictestPolicy() {
        assertEquals(
                "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self';"
                        + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self';"
                        + " upgrade-insecure-requests",
                policy("<p>x"));
    }

    /** CSP3 section 6.7.2.8: {@code 'self'} matches the port of the page and the upgrade from http to https only. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <script src=/a.js></script>                            | script-src 'self';
            <script src=http://www.example.com/a.js></script>      | script-src 'self';
            <script src=https://www.example.com:443/a.js></script> | script-src 'self';
            <script src=https://www.example.com:8443/a></script>   | script-src 'self' https://www.example.com:8443;
            <script src=https://b.net/1></script><script src=http://b.net/2></script> | script-src 'self' https://b.net;
            <script src=http://b.net:8080/a.js></script>           | script-src 'self' https://b.net:8080;
            <script src=https://[2001:db8::1]/a.js></script>       | script-src 'self' https://[2001:db8::1];
            <script src=data:,x></script>                          | script-src 'self';
            <link rel='x STYLESHEET' href=//b.net/>                | style-src 'self' https://b.net;
            <link rel=icon href=//b.net/>                          | style-src 'self';
            <style>p{color:red}</style>                            | style-src 'self' 'unsafe-inline';
            <p style=color:red>                                    | style-src 'self' 'unsafe-inline';
            <img src=//b.net/><input type=image src=//a.net/>      | img-src 'self' data: https://a.net https://b.net;
            <iframe src=//b.net/></iframe>                         | frame-src 'self' https://b.net;
            <form action=//b.net/></form>                          | form-action 'self' https://b.net;
            """)
    void originsOfLoadsAreAllowed(String body, String directive) {
        assertTrue(policy(body).contains("; " + directive), policy(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>",
                "<script type=module>",
                "<script type=importmap>",
                "<script type=' ImportMap '>",
                "<script type=speculationrules>"
            })
    void inlineScriptsAndImportMapsAreAllowedByHash(String tag) {
        assertTrue(
                policy(tag + "go()</script>").contains("script-src 'self' 'sha256-" + Sha256.base64("go()") + "';"),
                policy(tag + "go()</script>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script type=application/json>", "<script src=/a.js>", "<script type=text/plain>"})
    void otherScriptElementsNeedNoHash(String tag) {
        assertFalse(policy(tag + "go()</script>").contains("sha256"));
    }

    /** The HTML standard normalizes newlines before parsing, so browsers hash line feeds. */
    @Test
    void hashIsThatOfTheTextWithNormalizedNewlines() {
        String policy = policy("<script>a()\r\nb()\rc()</script>");
        assertTrue(policy.contains(Sha256.base64("a()\nb()\nc()")), policy);
    }

    @Test
    void atMostTenHashesAndTwentyOriginsAreListed() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            body.append("<script>f(")
                    .append(i)
                    .append(")</script><img src=//h")
                    .append(i)
                    .append(".net>");
        }
        String policy = policy(body.toString());
        assertEquals(11, policy.split("sha256", -1).length);
        assertEquals(21, policy.split("https://h", -1).length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <p>x                      | false | false
            <script>go()</script>     | true  | false
            <p onclick=go()>          | false | true
            """)
    void remediationExplainsHashesAndEventHandlers(String body, boolean hashes, boolean handlers) {
        Remediation remediation = SuggestedCsp.remediation(page(body));
        assertEquals(hashes, remediation.text().contains("inline scripts by hash"), remediation.text());
        assertEquals(handlers, remediation.text().contains("event handler attributes"), remediation.text());
    }

    private static String policy(String body) {
        return SuggestedCsp.policy(page(body));
    }

    private static FinalResponse page(String body) {
        return FinalResponse.of(ObservedSite.page().body(body).observations());
    }

    private static CheckVerdict verdict(ScanObservations seen) {
        return CheckCatalog.evaluate(new CspCheck(), seen).verdict();
    }
}
