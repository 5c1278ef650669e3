package dev.websentry.engine.check.redirects;

import static dev.websentry.engine.check.redirects.RedirectChainNotation.chain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.syntax.Header;
import dev.websentry.testsite.ProcessorTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RedirectChecksTest {
    private static final Check HTTPS = new HttpsRedirectCheck();
    private static final Check PERMANENCE = new PermanentRedirectCheck();

    private static CheckVerdict evaluate(Check check, ObservedSite site) {
        return CheckCatalog.evaluate(check, site.observations()).verdict();
    }

    private static ObservedSite plain(String steps) {
        return ObservedSite.page().plain(Observation.seen(Optional.of(chain(steps))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https on the same host immediately | PASS | http://www.example.com 301 https://www.example.com 200 | redirects to HTTPS on the same host",
                "a temporary redirect | PASS | http://www.example.com 302 https://www.example.com 200 | redirects to HTTPS on the same host",
                "then on to another host | PASS | http://www.example.com 301 https://www.example.com 301 https://b.org 200 | redirects to HTTPS on the same host",
                "https that does not respond | PASS | http://www.example.com 301 https://www.example.com REFUSED | redirects to HTTPS on the same host",
                "a loop that stays on https | PASS | http://www.example.com 301 https://www.example.com 301 LOOP https://www.example.com/ | redirects to HTTPS on the same host",
                "too many redirects, but on https | PASS | http://www.example.com 301 https://www.example.com 301 TOO_MANY_HOPS /2 | redirects to HTTPS on the same host",
                "port 80 refuses | PASS | http://www.example.com REFUSED | over plain HTTP: port 80 is closed",
                "port 80 is filtered | PASS | http://www.example.com CONNECT_TIMED_OUT | port 80 is filtered: two connection attempts timed out while HTTPS responded",
                "https on another host first | WARN | http://www.example.com 301 https://example.com 200 | on another host (example.com), so browsers do not learn the HSTS policy of www.example.com",
                "several responses over http | WARN | http://www.example.com 301 http://b.org 301 https://b.org 200 | 2 responses over plain HTTP before HTTPS, instead of one",
                "no redirect | FAIL | http://www.example.com 200 | responds (200) and does not redirect",
                "a page that is not found | FAIL | http://www.example.com 404 | responds (404) and does not redirect",
                "a Location in a response that is not a redirect | FAIL | http://www.example.com 201 ANSWERED https://www.example.com | responds (201) and does not redirect",
                "a redirect that stays on http | FAIL | http://www.example.com 301 http://b.org 200 | The redirects from plain HTTP end on plain HTTP",
                "https and back to http | FAIL | http://www.example.com 301 https://www.example.com 301 http://b.org 200 | The redirects from plain HTTP end on plain HTTP",
                "a loop over http | FAIL | http://www.example.com 301 LOOP http://www.example.com/ | The redirects from plain HTTP end on plain HTTP",
                "a loop over http and https | FAIL | http://www.example.com 301 https://www.example.com 301 LOOP http://www.example.com/ | The redirects from plain HTTP end on plain HTTP",
                "too many redirects, and the next location is http | FAIL | http://www.example.com 301 https://www.example.com 301 TOO_MANY_HOPS http://b.org | The redirects from plain HTTP end on plain HTTP",
                "an invalid Location | FAIL | http://www.example.com 301 INVALID_LOCATION | responds (301) and does not redirect",
                "port 80 accepts and closes | PASS | http://www.example.com CLOSED | Nothing is served over plain HTTP: port 80 accepts connections and closes them without a response",
                "426 Upgrade Required (RFC 9110 section 15.5.22) | PASS | http://www.example.com 426 | Nothing is served over plain HTTP: port 80 refuses plain HTTP with status 426",
                "403 while HTTPS grants access (RFC 9110 section 15.5.4) | PASS | http://www.example.com 403 | Nothing is served over plain HTTP: port 80 refuses plain HTTP with status 403",
                "401 is served | FAIL | http://www.example.com 401 | responds (401) and does not redirect",
                "a redirect to 403 over http | FAIL | http://www.example.com 301 http://b.org 403 | end on plain HTTP",
                "connected without a response | NOT_CHECKED | http://www.example.com READ_TIMED_OUT | port 80 gave no HTTP response: port is READ_TIMED_OUT",
                "a proxy refuses | NOT_CHECKED | http://www.example.com PROXY_REFUSED | port 80 gave no HTTP response",
                "no route | NOT_CHECKED | http://www.example.com NO_ROUTE | port 80 gave no HTTP response"
            })
    void httpsRedirect(String description, CheckOutcome outcome, String steps, String message) {
        expect(HTTPS, description, outcome, steps, message);
    }

    private static void expect(Check check, String description, CheckOutcome outcome, String steps, String message) {
        CheckVerdict verdict = evaluate(check, plain(steps));
        assertEquals(outcome, verdict.outcome(), description);
        assertTrue(verdict.value().contains(message), verdict.value());
    }

    /** RFC 9110 section 15.5.4: what HTTPS answers does not matter, because plain HTTP serves nothing. */
    @Test
    void forbiddenOverHttpAndHttpsIsARefusalOfPlainHttp() {
        ObservedSite site = plain("http://www.example.com 403").status(403);
        assertEquals(
                "Nothing is served over plain HTTP: port 80 refuses plain HTTP with status 403",
                evaluate(HTTPS, site).value());
        assertEquals(CheckOutcome.NOTHING_TO_PROTECT, evaluate(PERMANENCE, site).outcome());
    }

    /** Without HTTPS, a 403 is the answer of the site. */
    @Test
    void forbiddenOverHttpWithoutHttpsFails() {
        ObservedSite unknown = plain("http://www.example.com 403")
                .entry(Observation.unknown("no response"))
                .tls(TlsObservations.notProbed("no connection"));
        assertEquals(
                "Plain HTTP responds (403) and does not redirect to HTTPS",
                evaluate(HTTPS, unknown).value());
    }

    @Test
    void hopsFromPlainHttpAreEvidence() {
        ObservedSite site = plain("http://a.org 302 https://a.org 200");
        List<String> hops = List.of("GET http://a.org/ -> 302, Location: https://a.org", "GET https://a.org/ -> 200");
        assertEquals(hops, evaluate(HTTPS, site).evidence());
        assertEquals(hops, evaluate(PERMANENCE, site).evidence());
    }

    @Test
    void aTimeoutOnPort80IsNotCheckedIfHttpsTimesOutToo() {
        ObservedSite site = plain("http://www.example.com CONNECT_TIMED_OUT")
                .entry(Observation.unknown("no connection"))
                .tls(TlsObservations.notProbed("no connection"));
        assertEquals(CheckOutcome.NOT_CHECKED, evaluate(HTTPS, site).outcome());
        assertEquals(CheckOutcome.NOT_CHECKED, evaluate(PERMANENCE, site).outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "<meta http-equiv=Refresh content='0; URL=https://www.example.com/'> | a meta refresh",
                "<noscript>x</noscript><p><meta http-equiv=refresh content='5;https://www.example.com/'> | a meta refresh"
            })
    void aClientSideRedirectToHttpsIsAWarning(String body, String how) {
        CheckVerdict verdict = evaluate(HTTPS, plainPage(200, List.of(), body));
        assertEquals(CheckOutcome.WARN, verdict.outcome());
        assertEquals("Redirects to HTTPS only by " + how + ", not by an HTTP redirect", verdict.value());
        assertEquals(
                CheckOutcome.FAIL,
                evaluate(PERMANENCE, plainPage(200, List.of(), body)).outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "<meta http-equiv=refresh content='0; url=/there'>",
                "<meta name=refresh content='0; url=https://www.example.com/'>",
                "<p>location.href = 'https://www.example.com' is a text about scripts</p>",
                "<script>if (location.protocol == 'https:') start()</script>",
                "<script>location.href = '/there'</script>",
                "<script>location.replace('https://www.example.com')</script>",
                "<script>/* location = 'https://www.example.com' */</script>",
                "<script>var page = '<meta http-equiv=refresh content=0;url=https://www.example.com/>'</script>",
                "<head><noscript><meta http-equiv=refresh content='0; url=https://www.example.com/'></noscript></head>",
                "<body><noscript><p><meta http-equiv=refresh content='0; url=https://www.example.com/'></noscript>",
                "<template><meta http-equiv=refresh content='0; url=https://www.example.com/'></template>"
            })
    void aPageWithoutRedirectToHttpsFails(String body) {
        CheckVerdict verdict = evaluate(HTTPS, plainPage(200, List.of(), body));
        assertEquals(CheckOutcome.FAIL, verdict.outcome());
        assertEquals("Plain HTTP responds (200) and does not redirect to HTTPS", verdict.value());
    }

    @ParameterizedTest
    @CsvSource({"https://www.example.com/, true", "//www.example.com/, false", "/next, false", "'', false"})
    void aRefreshHeaderToHttpsIsAWarning(String target, boolean secure) {
        CheckVerdict verdict = evaluate(HTTPS, plainPage(404, List.of(new Header("Refresh", "0;url=" + target)), ""));
        assertEquals(
                secure
                        ? "Redirects to HTTPS only by a Refresh header, not by an HTTP redirect"
                        : "Plain HTTP responds (404) and does not redirect to HTTPS",
                verdict.value());
    }

    /** Browsers do not render the responses of a redirect loop (Fetch, HTTP-redirect fetch). */
    @Test
    void refreshHeadersOfARedirectLoopAreIgnored() {
        List<Header> headers = List.of(
                new Header("Location", "http://www.example.com/"),
                new Header("Refresh", "0;url=https://www.example.com/"));
        HttpExchange again = ObservedSite.get("http://www.example.com/", ObservedSite.response(302, headers, ""));
        ObservedSite site = ObservedSite.page()
                .plain(Observation.seen(
                        Optional.of(new RedirectChain(List.of(again), RedirectChain.RedirectChainEnd.LOOP))));
        assertEquals(
                "The redirects from plain HTTP end on plain HTTP",
                evaluate(HTTPS, site).value());
    }

    @Test
    void plainHttpDoesNotApplyToATargetWithAnExplicitPort() {
        ObservedSite site =
                ObservedSite.page().target("https://www.example.com:8443").plain(Observation.seen(Optional.empty()));
        assertEquals(CheckOutcome.NOT_APPLICABLE, evaluate(HTTPS, site).outcome());
        assertEquals(CheckOutcome.NOT_APPLICABLE, evaluate(PERMANENCE, site).outcome());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "301 | PASS | http://www.example.com 301 https://www.example.com 200 | Permanent: 301",
                "308 | PASS | http://www.example.com 308 https://www.example.com 200 | Permanent: 308",
                "302 | WARN | http://www.example.com 302 https://www.example.com 200 | Temporary: 302",
                "303 | WARN | http://www.example.com 303 https://www.example.com 200 | Temporary: 303",
                "307 | WARN | http://www.example.com 307 https://www.example.com 200 | Temporary: 307",
                "permanent, then temporary over http | WARN | http://www.example.com 301 http://b.org 302 https://b.org 200 | Temporary: 302",
                "temporary only after https | PASS | http://www.example.com 301 https://www.example.com 302 https://b.org 200 | Permanent: 301",
                "no redirect | FAIL | http://www.example.com 200 | There is no redirect from HTTP to HTTPS",
                "permanent, but to http | FAIL | http://www.example.com 301 http://b.org 200 | There is no redirect from HTTP to HTTPS",
                "port 80 accepts and closes | NOTHING_TO_PROTECT | http://www.example.com CLOSED | nothing to redirect: port 80 accepts connections and closes them",
                "port 80 refuses every request | NOTHING_TO_PROTECT | http://www.example.com 426 | nothing to redirect: port 80 refuses plain HTTP with status 426",
                "port 80 refuses | NOTHING_TO_PROTECT | http://www.example.com REFUSED | Plain HTTP is not served, so there is nothing to redirect: port 80 is closed"
            })
    void permanentRedirect(String description, CheckOutcome outcome, String steps, String message) {
        expect(PERMANENCE, description, outcome, steps, message);
    }

    @ParameterizedTest
    @EnumSource(RedirectChain.RedirectChainEnd.class)
    void anUnfinishedChainHasNoFinalPage(RedirectChain.RedirectChainEnd end) {
        RedirectChain chain =
                new RedirectChain(List.of(ObservedSite.get("https://a.org/", ObservedSite.redirect(301, "/"))), end);
        boolean hasPage =
                end == RedirectChain.RedirectChainEnd.ANSWERED || end == RedirectChain.RedirectChainEnd.FAILED;
        assertEquals(
                hasPage,
                ObservedSite.page()
                        .entry(Observation.seen(chain))
                        .observations()
                        .site()
                        .page()
                        .isSeen());
    }

    @Tag("endurance")
    @Test
    void aLongRefreshIsEvaluatedQuickly() {
        Header refresh = new Header("Refresh", "0" + " ".repeat(250_000) + "'");
        ObservedSite site = plainPage(200, List.of(refresh), "");
        assertEquals(
                CheckOutcome.FAIL,
                ProcessorTime.limit(Duration.ofSeconds(20), () -> evaluate(HTTPS, site))
                        .outcome());
    }

    private static ObservedSite plainPage(int status, List<Header> headers, String body) {
        HttpExchange page = ObservedSite.get("http://www.example.com/", ObservedSite.response(status, headers, body));
        return ObservedSite.page().plain(Observation.seen(Optional.of(ObservedSite.chain(page))));
    }
}
