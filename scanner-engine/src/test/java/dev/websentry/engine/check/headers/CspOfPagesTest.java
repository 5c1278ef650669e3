package dev.websentry.engine.check.headers;

import static dev.websentry.engine.check.CheckOutcome.FAIL;
import static dev.websentry.engine.check.CheckOutcome.PASS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests where policies are found, and the notes and the evidence of the verdict. */
class CspOfPagesTest {
    private static final String CSP = "Content-Security-Policy";
    private static final String META = "<meta http-equiv=content-security-policy content=\"default-src 'self'\">";

    @Test
    void metaPolicyInHeadCounts() {
        assertEquals(
                PASS,
                verdict(ObservedSite.page().body("<head>" + META + "</head>")).outcome());
    }

    @Test
    void metaPolicyInBodyDoesNotCount() {
        assertEquals(
                FAIL, verdict(ObservedSite.page().body("<body><p>x" + META)).outcome());
    }

    @Test
    void otherMetaElementsAreNotPolicies() {
        String other = META.replace("content-security-policy", "content-language");
        assertEquals(
                FAIL,
                verdict(ObservedSite.page().body("<head>" + other + "</head>")).outcome());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            default-src 'self'                                                      | ~~
            default-src 'self'; style-src 'unsafe-inline'                           | inline styles are allowed.
            default-src 'self'; style-src-attr 'unsafe-inline'                      | inline styles are allowed.
            default-src 'self'; style-src-elem 'unsafe-inline'                      | inline styles are allowed.
            script-src 'self'; object-src 'none'                                    | inline styles are allowed.
            default-src 'self'; style-src 'unsafe-inline', style-src 'self'         | ~~
            default-src 'self'; style-src 'unsafe-inline', style-src-attr 'none', style-src-elem 'none' | ~~
            default-src 'self'; img-src http://b.net          | plain http is allowed: http://b.net in img-src.
            default-src 'self'; img-src http://b.net, img-src https:                | ~~
            default-src 'self'; img-src http://b.net, default-src https:            | ~~
            default-src 'self'; img-src http://b.net, font-src 'self'  | plain http is allowed: http://b.net in img-src.
            default-src 'self' 'unsafe'                | browsers ignore these source expressions: 'unsafe'.
            """)
    void notesNameWhatThePolicyAllows(String policy, String note) {
        CheckVerdict verdict = verdict(ObservedSite.page().header(CSP, policy));
        assertEquals(
                "The enforced policy restricts scripts, inline scripts, plug-ins and eval."
                        + (note.isEmpty() ? "" : " Note: " + note),
                verdict.value());
    }

    @Test
    void evidenceContainsHeadersAndTheFirstMetaElements() {
        CheckVerdict verdict = verdict(ObservedSite.page()
                .header(CSP, "default-src 'self'")
                .header(CSP + "-Report-Only", "default-src 'none'")
                .body("<head>" + META.repeat(4) + "</head>"));
        String meta = "meta Content-Security-Policy: default-src 'self'";
        assertEquals(
                List.of(
                        "Content-Security-Policy: default-src 'self'",
                        "Content-Security-Policy-Report-Only: default-src 'none'",
                        meta,
                        meta,
                        meta),
                verdict.evidence());
    }

    private static CheckVerdict verdict(ObservedSite site) {
        return CheckCatalog.evaluate(new CspCheck(), site.observations()).verdict();
    }
}
