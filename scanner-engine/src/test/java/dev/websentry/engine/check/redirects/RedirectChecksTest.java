package dev.websentry.engine.check.redirects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.BodyText;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Exchange.Failure.Kind;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations.OtherName;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.observe.TlsSession;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RedirectChecksTest {
    private static final Check HTTPS = new HttpsRedirectCheck();
    private static final Check PERMANENCE = new PermanenceCheck();
    private static final Check CHAIN = new ChainCheck();
    private static final Check WWW = new WwwCheck();

    private static Verdict judge(Check check, SeenSite site) {
        return Catalogue.judge(check, site.observations()).verdict();
    }

    /**
     * A chain in words: {@code http://a.org 301 https://a.org 200}; an end other than an answer last, such as LOOP or
     * REFUSED.
     */
    private static Chain chain(String words) {
        String[] parts = words.trim().split("\\s+");
        List<Exchange> hops = new ArrayList<>();
        Chain.End end = Chain.End.ANSWERED;
        for (int i = 0; i < parts.length; i += 2) {
            String word = i + 1 < parts.length ? parts[i + 1] : "200";
            String next = i + 2 < parts.length ? parts[i + 2] : "";
            if (word.matches("\\d+")) {
                int status = Integer.parseInt(word);
                if (next.matches("[A-Z_]+")) {
                    end = Chain.End.valueOf(next);
                    String to = i + 3 < parts.length ? parts[i + 3] : "::";
                    hops.add(SeenSite.get(parts[i], SeenSite.redirect(status, to)));
                    break;
                }
                hops.add(SeenSite.get(
                        parts[i],
                        next.isEmpty() ? SeenSite.response(status, List.of(), "") : SeenSite.redirect(status, next)));
            } else {
                end = Chain.End.FAILED;
                hops.add(SeenSite.get(parts[i], new Failure(Kind.valueOf(word), "port is " + word)));
            }
        }
        return new Chain(hops, end);
    }

    private static SeenSite plain(String words) {
        return SeenSite.page().plain(Observed.seen(Optional.of(chain(words))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https on the same host at once | PASS | http://www.example.com 301 https://www.example.com 200",
                "a temporary redirect will do | PASS | http://www.example.com 302 https://www.example.com 200",
                "then on to another host | PASS | http://www.example.com 301 https://www.example.com 301 https://b.org 200",
                "https that does not answer | PASS | http://www.example.com 301 https://www.example.com REFUSED",
                "port 80 refuses | PASS | http://www.example.com REFUSED",
                "port 80 is filtered | PASS | http://www.example.com CONNECT_TIMED_OUT",
                "https on another host first | WARN | http://www.example.com 301 https://example.com 200",
                "several answers over http | WARN | http://www.example.com 301 http://b.org 301 https://b.org 200",
                "no redirect | FAIL | http://www.example.com 200",
                "a page that is not found | FAIL | http://www.example.com 404",
                "a redirect that stays on http | FAIL | http://www.example.com 301 http://b.org 200",
                "https and back to http | FAIL | http://www.example.com 301 https://www.example.com 301 http://b.org 200",
                "a circle over http | FAIL | http://www.example.com 301 LOOP http://www.example.com/",
                "an invalid Location | FAIL | http://www.example.com 301 INVALID_LOCATION",
                "connected but silent | NOT_CHECKED | http://www.example.com READ_TIMED_OUT",
                "a proxy refuses | NOT_CHECKED | http://www.example.com PROXY_REFUSED",
                "no route | NOT_CHECKED | http://www.example.com NO_ROUTE"
            })
    void https(String sentence, Outcome outcome, String words) {
        assertEquals(outcome, judge(HTTPS, plain(words)).outcome(), sentence);
    }

    @Test
    void silenceOnPort80IsNoClosedPortWhenHttpsIsSilentToo() {
        SeenSite site = plain("http://www.example.com CONNECT_TIMED_OUT")
                .entry(Observed.unknown("nobody there"))
                .tls(TlsObservations.none("nobody there"));
        assertEquals(Outcome.NOT_CHECKED, judge(HTTPS, site).outcome());
        assertEquals(Outcome.NOT_CHECKED, judge(PERMANENCE, site).outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WARN | <meta http-equiv=Refresh content='0; URL=https://www.example.com/'>",
                "WARN | <script>window.location.protocol = 'https:'</script>",
                "WARN | <script>location.replace(\"https://www.example.com\")</script>",
                "FAIL | <meta http-equiv=refresh content='0; url=/there'>",
                "FAIL | <p>location.href = 'https://www.example.com' is what a script would say</p>"
            })
    void aPageThatSendsTheBrowserOnIsHalfARedirect(Outcome outcome, String body) {
        Chain chain = SeenSite.chain(SeenSite.get("http://www.example.com/", SeenSite.response(200, List.of(), body)));
        SeenSite site = SeenSite.page().plain(Observed.seen(Optional.of(chain)));
        assertEquals(outcome, judge(HTTPS, site).outcome());
        assertEquals(Outcome.FAIL, judge(PERMANENCE, site).outcome());
    }

    @Test
    void aTargetWithItsOwnPortHasNoPlainHttp() {
        SeenSite site = SeenSite.page().target("https://www.example.com:8443").plain(Observed.seen(Optional.empty()));
        assertEquals(Outcome.NOT_APPLICABLE, judge(HTTPS, site).outcome());
        assertEquals(Outcome.NOT_APPLICABLE, judge(PERMANENCE, site).outcome());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "301 | PASS | http://www.example.com 301 https://www.example.com 200",
                "308 | PASS | http://www.example.com 308 https://www.example.com 200",
                "302 | WARN | http://www.example.com 302 https://www.example.com 200",
                "303 | WARN | http://www.example.com 303 https://www.example.com 200",
                "307 | WARN | http://www.example.com 307 https://www.example.com 200",
                "permanent, then temporary over http | WARN | http://www.example.com 301 http://b.org 302 https://b.org 200",
                "temporary only after https | PASS | http://www.example.com 301 https://www.example.com 302 https://b.org 200",
                "none | FAIL | http://www.example.com 200",
                "permanent, but to http | FAIL | http://www.example.com 301 http://b.org 200",
                "port 80 refuses | NOTHING_TO_PROTECT | http://www.example.com REFUSED"
            })
    void permanence(String sentence, Outcome outcome, String words) {
        assertEquals(outcome, judge(PERMANENCE, plain(words)).outcome(), sentence);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no redirect | PASS | https://a.org 200",
                "a 404 without a redirect | PASS | https://a.org 404",
                "three | PASS | https://a.org 301 https://a.org/1 301 https://a.org/2 301 https://a.org/3 200",
                "four | WARN | https://a.org 301 https://a.org/1 301 https://a.org/2 301 https://a.org/3 301 https://a.org/4 200",
                "a circle | FAIL | https://a.org 301 LOOP https://a.org/",
                "no end | FAIL | https://a.org 301 TOO_MANY_HOPS https://a.org/21",
                "an invalid Location | FAIL | https://a.org 301 INVALID_LOCATION",
                "back to http | FAIL | https://a.org 301 http://a.org 200",
                "into a 404 | FAIL | https://a.org 301 https://a.org/gone 404",
                "into a 410 | FAIL | https://a.org 301 https://a.org/gone 410",
                "into silence | NOT_CHECKED | https://a.org 301 https://b.org READ_TIMED_OUT"
            })
    void chains(String sentence, Outcome outcome, String words) {
        SeenSite site = SeenSite.page().entry(Observed.seen(chain(words)));
        assertEquals(outcome, judge(CHAIN, site).outcome(), sentence);
    }

    @Test
    void elevenRedirectsFail() {
        StringBuilder words = new StringBuilder("https://a.org");
        for (int i = 1; i <= 11; i++) {
            words.append(" 302 https://a.org/").append(i);
        }
        Verdict verdict = judge(CHAIN, SeenSite.page().entry(Observed.seen(chain(words + " 200"))));
        assertEquals(Outcome.FAIL, verdict.outcome());
        assertTrue(verdict.evidence().size() <= 12);
    }

    @Test
    void theWorseOfBothWaysInDecides() {
        assertEquals(
                Outcome.FAIL,
                judge(CHAIN, plain("http://a.org 301 LOOP http://a.org/")).outcome());
        assertEquals(Outcome.PASS, judge(CHAIN, plain("http://a.org REFUSED")).outcome());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "both end on one host | PASS | https://example.com 301 https://www.example.com 200 | http://example.com 301 https://example.com 200",
                "the other has no address | PASS | https://example.com UNRESOLVABLE | http://example.com UNRESOLVABLE",
                "nobody listens on the other | PASS | https://example.com REFUSED | http://example.com REFUSED",
                "both answer apart | WARN | https://example.com 200 | http://example.com 301 https://example.com 200",
                "the other goes in a circle | WARN | https://example.com 301 LOOP https://example.com/ | http://example.com 200",
                "the other completes no TLS | WARN | https://example.com TLS_FAILED | http://example.com 301 https://www.example.com 200",
                "the other serves http only | FAIL | https://example.com REFUSED | http://example.com 200",
                "the other has http only, which redirects | FAIL | https://example.com REFUSED | http://example.com 301 https://www.example.com 200",
                "the resolver fails | NOT_CHECKED | https://example.com RESOLVER_FAILED | http://example.com RESOLVER_FAILED",
                "the other is silent | NOT_CHECKED | https://example.com CONNECT_TIMED_OUT | http://example.com CONNECT_TIMED_OUT",
                "the address is blocked | NOT_CHECKED | https://example.com BLOCKED_ADDRESS | http://example.com BLOCKED_ADDRESS"
            })
    void www(String sentence, Outcome outcome, String secure, String plain) {
        OtherName other = new OtherName("example.com", chain(secure), chain(plain));
        SeenSite site = SeenSite.page().www(Observed.seen(Optional.of(other)));
        assertEquals(outcome, judge(WWW, site).outcome(), sentence);
    }

    @Test
    void theOthersBadCertificateIsAWarning() {
        TlsSession bad = new TlsSession("TLSv1.3", "any", List.of(), Optional.of("not for example.com"));
        Exchange.Response response = new Exchange.Response(
                301,
                "h2",
                new Headers(List.of(new dev.websentry.engine.syntax.Header("Location", "https://www.example.com/"))),
                BodyText.of(""),
                false,
                Optional.of(bad),
                "192.0.2.7");
        Chain secure = SeenSite.chain(
                SeenSite.get("https://example.com/", response),
                SeenSite.get("https://www.example.com/", SeenSite.response(200, List.of(), "")));
        OtherName other = new OtherName("example.com", secure, chain("http://example.com REFUSED"));
        Verdict verdict = judge(WWW, SeenSite.page().www(Observed.seen(Optional.of(other))));
        assertEquals(Outcome.WARN, verdict.outcome());
        assertTrue(verdict.value().contains("certificate"), verdict.value());
    }

    @Test
    void aSubdomainHasNoWwwNameToNormalise() {
        SeenSite site = SeenSite.page().target("https://shop.example.com").www(Observed.seen(Optional.empty()));
        assertEquals(Outcome.NOTHING_TO_PROTECT, judge(WWW, site).outcome());
    }

    @ParameterizedTest
    @EnumSource(Chain.End.class)
    void aChainThatDidNotEndHasNoPageToJudge(Chain.End end) {
        Chain chain = new Chain(List.of(SeenSite.get("https://a.org/", SeenSite.redirect(301, "/"))), end);
        boolean judged = end == Chain.End.ANSWERED || end == Chain.End.FAILED;
        assertEquals(
                judged,
                SeenSite.page()
                        .entry(Observed.seen(chain))
                        .observations()
                        .site()
                        .page()
                        .isSeen());
    }

    @ParameterizedTest(name = "[{0}] leads to https: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "0;url=https://www.example.com/ | true",
                "0; URL = 'https://www.example.com/' then | true",
                "5 , https://www.example.com/ | true",
                "1.5.5 https://www.example.com/ | true",
                "0;\"https://www.example.com/\" | true",
                ".5;https://www.example.com/ | true",
                "0;url=http://www.example.com/ | false",
                "0;url=/next | false",
                "0 | false",
                "0;url= | false",
                "0;url='' | false",
                "x;url=https://www.example.com/ | false",
                "0x;url=https://www.example.com/ | false"
            })
    void aRefreshIsReadAsBrowsersReadIt(String value, boolean secure) {
        SeenSite site = plainPage(new Header("Refresh", value));
        assertEquals(
                secure,
                judge(HTTPS, site).value().contains("Refresh"),
                judge(HTTPS, site).value());
    }

    @Tag("endurance")
    @Test
    void aLongRefreshDoesNotHoldTheJudgeUp() {
        SeenSite site = plainPage(new Header("Refresh", "0" + " ".repeat(250_000) + "'"));
        assertEquals(
                Outcome.FAIL,
                assertTimeoutPreemptively(java.time.Duration.ofSeconds(20), () -> judge(HTTPS, site))
                        .outcome());
    }

    private static SeenSite plainPage(Header header) {
        Exchange page = SeenSite.get("http://www.example.com/", SeenSite.response(200, List.of(header), ""));
        return SeenSite.page().plain(Observed.seen(Optional.of(SeenSite.chain(page))));
    }
}
