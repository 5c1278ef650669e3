package dev.websentry.engine.check.redirects;

import static dev.websentry.engine.check.redirects.RedirectChainNotation.chain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.SiteObservations.WwwVariant;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WwwNormalizationCheckTest {
    private static CheckVerdict evaluate(ObservedSite site) {
        return CheckCatalog.evaluate(new WwwNormalizationCheck(), site.observations())
                .verdict();
    }

    private static CheckVerdict evaluate(RedirectChain secure, RedirectChain plain) {
        WwwVariant other = new WwwVariant("example.com", secure, plain);
        return evaluate(ObservedSite.page().www(Observation.seen(Optional.of(other))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "both lead to one host | PASS | https://example.com 301 https://www.example.com 200 | http://example.com 301 https://example.com 200 | Both names lead to www.example.com",
                "both lead to one host, the other over http | WARN | https://example.com 301 http://www.example.com 200 | http://example.com 301 https://example.com 200 | example.com leads to plain HTTP on www.example.com",
                "the other has no address | PASS | https://example.com UNRESOLVABLE | http://example.com UNRESOLVABLE | example.com has no address",
                "the other accepts no connections | PASS | https://example.com REFUSED | http://example.com REFUSED | example.com accepts no connections over HTTP or HTTPS",
                "two separate sites | WARN | https://example.com 200 | http://example.com 301 https://example.com 200 | The two names do not lead to one host: one leads to www.example.com, the other responds with status 200 on example.com",
                "the other loops | WARN | https://example.com 301 LOOP https://example.com/ | http://example.com 200 | The redirects from example.com do not lead to a page: redirect loop",
                "the other completes no TLS | WARN | https://example.com TLS_FAILED | http://example.com 301 https://www.example.com 200 | HTTPS does not work on example.com: port is TLS_FAILED",
                "the other completes no TLS and stays on http | FAIL | https://example.com TLS_FAILED | http://example.com 200 | example.com is served over plain HTTP only",
                "the other serves http only | FAIL | https://example.com REFUSED | http://example.com 200 | example.com is served over plain HTTP only",
                "the other has http only, which redirects | FAIL | https://example.com REFUSED | http://example.com 301 https://www.example.com 200 | example.com is served over plain HTTP only",
                "the other redirects to a host that does not respond | NOT_CHECKED | https://example.com 301 https://b.org NO_ROUTE | http://example.com 200 | Not checked: example.com redirects to b.org, which did not respond",
                "the resolver fails | NOT_CHECKED | https://example.com RESOLVER_FAILED | http://example.com RESOLVER_FAILED | Not checked: example.com did not respond over HTTPS: port is RESOLVER_FAILED",
                "the other does not respond | NOT_CHECKED | https://example.com CONNECT_TIMED_OUT | http://example.com CONNECT_TIMED_OUT | Not checked: example.com did not respond over HTTPS: port is CONNECT_TIMED_OUT",
                "https is refused and http does not respond | NOT_CHECKED | https://example.com REFUSED | http://example.com CONNECT_TIMED_OUT | Not checked: example.com did not respond over HTTPS: port is REFUSED",
                "https times out while http responds | NOT_CHECKED | https://example.com READ_TIMED_OUT | http://example.com 200 | Not checked: example.com did not respond over HTTPS: port is READ_TIMED_OUT",
                "https requires a client certificate while http responds | NOT_CHECKED | https://example.com CLIENT_CERTIFICATE_REQUIRED | http://example.com 200 | Not checked: example.com did not respond over HTTPS: port is CLIENT_CERTIFICATE_REQUIRED",
                "the address is blocked | NOT_CHECKED | https://example.com BLOCKED_ADDRESS | http://example.com BLOCKED_ADDRESS | Not checked: example.com did not respond over HTTPS: port is BLOCKED_ADDRESS"
            })
    void comparesBothNames(String description, CheckOutcome outcome, String secure, String plain, String value) {
        CheckVerdict verdict = evaluate(chain(secure), chain(plain));
        assertEquals(outcome, verdict.outcome(), description);
        assertEquals(value, verdict.value());
    }

    @Test
    void hopsOverHttpsAndHttpAreEvidence() {
        assertEquals(
                List.of(
                        "GET https://example.com/ -> 301, Location: https://www.example.com",
                        "GET https://www.example.com/ -> 200",
                        "GET http://example.com/ -> port is REFUSED"),
                evaluate(
                                chain("https://example.com 301 https://www.example.com 200"),
                                chain("http://example.com REFUSED"))
                        .evidence());
    }

    @Test
    void anUntrustedCertificateOfTheOtherNameIsAWarning() {
        TlsSession bad = new TlsSession("TLSv1.3", "any", List.of(), Optional.of("not for example.com"));
        HttpExchange.Response response = new HttpExchange.Response(
                301,
                "h2",
                new ResponseHeaders(List.of(new Header("Location", "https://www.example.com/"))),
                ResponseBody.of(""),
                false,
                Optional.of(bad),
                "192.0.2.7");
        RedirectChain secure = ObservedSite.chain(
                ObservedSite.get("https://example.com/", response),
                ObservedSite.get("https://www.example.com/", ObservedSite.response(200, List.of(), "")));
        CheckVerdict verdict = evaluate(secure, chain("http://example.com REFUSED"));
        assertEquals(CheckOutcome.WARN, verdict.outcome());
        assertEquals("Browsers reject the certificate of example.com", verdict.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://shop.example.com | shop.example.com is neither a registrable domain nor the www name of one (names below a private suffix such as github.io, or one that may be private, do not count)",
                "https://www.example.com:8443 | A target with an explicit port has no www variant"
            })
    void aTargetWithoutAWwwVariantHasNothingToProtect(String target, String value) {
        CheckVerdict verdict = evaluate(ObservedSite.page().target(target).www(Observation.seen(Optional.empty())));
        assertEquals(CheckOutcome.NOTHING_TO_PROTECT, verdict.outcome());
        assertEquals(value, verdict.value());
    }
}
