package dev.websentry.engine.check.redirects;

import static dev.websentry.engine.check.redirects.ChainInWords.chain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.BodyText;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations.OtherName;
import dev.websentry.engine.observe.TlsSession;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WwwCheckTest {
    private static Verdict judge(SeenSite site) {
        return Catalogue.judge(new WwwCheck(), site.observations()).verdict();
    }

    private static Verdict judge(Chain secure, Chain plain) {
        OtherName other = new OtherName("example.com", secure, plain);
        return judge(SeenSite.page().www(Observed.seen(Optional.of(other))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "both end on one host | PASS | https://example.com 301 https://www.example.com 200 | http://example.com 301 https://example.com 200 | Both names end on www.example.com",
                "both end on one host, the other over http | WARN | https://example.com 301 http://www.example.com 200 | http://example.com 301 https://example.com 200 | example.com leads to plain http on www.example.com",
                "the other has no address | PASS | https://example.com UNRESOLVABLE | http://example.com UNRESOLVABLE | example.com has no address",
                "nobody listens on the other | PASS | https://example.com REFUSED | http://example.com REFUSED | Nobody answers on example.com, over http or https",
                "both answer apart | WARN | https://example.com 200 | http://example.com 301 https://example.com 200 | Two sites: one name ends on www.example.com, the other answers 200 on example.com",
                "the other goes in a circle | WARN | https://example.com 301 LOOP https://example.com/ | http://example.com 200 | example.com leads nowhere: the redirects go round in a circle",
                "the other completes no TLS | WARN | https://example.com TLS_FAILED | http://example.com 301 https://www.example.com 200 | https does not work on example.com: port is TLS_FAILED",
                "the other completes no TLS and stays on http | FAIL | https://example.com TLS_FAILED | http://example.com 200 | example.com is served over plain http only",
                "the other serves http only | FAIL | https://example.com REFUSED | http://example.com 200 | example.com is served over plain http only",
                "the other has http only, which redirects | FAIL | https://example.com REFUSED | http://example.com 301 https://www.example.com 200 | example.com is served over plain http only",
                "the other leads into silence | NOT_CHECKED | https://example.com 301 https://b.org NO_ROUTE | http://example.com 200 | Not checked: example.com leads to b.org, which gave no answer",
                "the resolver fails | NOT_CHECKED | https://example.com RESOLVER_FAILED | http://example.com RESOLVER_FAILED | Not checked: example.com gave no answer over https: port is RESOLVER_FAILED",
                "the other is silent | NOT_CHECKED | https://example.com CONNECT_TIMED_OUT | http://example.com CONNECT_TIMED_OUT | Not checked: example.com gave no answer over https: port is CONNECT_TIMED_OUT",
                "https refuses and http is silent | NOT_CHECKED | https://example.com REFUSED | http://example.com CONNECT_TIMED_OUT | Not checked: example.com gave no answer over https: port is REFUSED",
                "https is slow while http answers | NOT_CHECKED | https://example.com READ_TIMED_OUT | http://example.com 200 | Not checked: example.com gave no answer over https: port is READ_TIMED_OUT",
                "https wants a certificate while http answers | NOT_CHECKED | https://example.com CLIENT_CERTIFICATE_REQUIRED | http://example.com 200 | Not checked: example.com gave no answer over https: port is CLIENT_CERTIFICATE_REQUIRED",
                "the address is blocked | NOT_CHECKED | https://example.com BLOCKED_ADDRESS | http://example.com BLOCKED_ADDRESS | Not checked: example.com gave no answer over https: port is BLOCKED_ADDRESS"
            })
    void www(String sentence, Outcome outcome, String secure, String plain, String value) {
        Verdict verdict = judge(chain(secure), chain(plain));
        assertEquals(outcome, verdict.outcome(), sentence);
        assertEquals(value, verdict.value());
    }

    @Test
    void bothWaysInOfTheOtherNameAreEvidence() {
        assertEquals(
                List.of(
                        "GET https://example.com/ -> 301, Location: https://www.example.com",
                        "GET https://www.example.com/ -> 200",
                        "GET http://example.com/ -> port is REFUSED"),
                judge(chain("https://example.com 301 https://www.example.com 200"), chain("http://example.com REFUSED"))
                        .evidence());
    }

    @Test
    void theOthersBadCertificateIsAWarning() {
        TlsSession bad = new TlsSession("TLSv1.3", "any", List.of(), Optional.of("not for example.com"));
        Exchange.Response response = new Exchange.Response(
                301,
                "h2",
                new Headers(List.of(new Header("Location", "https://www.example.com/"))),
                BodyText.of(""),
                false,
                Optional.of(bad),
                "192.0.2.7");
        Chain secure = SeenSite.chain(
                SeenSite.get("https://example.com/", response),
                SeenSite.get("https://www.example.com/", SeenSite.response(200, List.of(), "")));
        Verdict verdict = judge(secure, chain("http://example.com REFUSED"));
        assertEquals(Outcome.WARN, verdict.outcome());
        assertEquals("Browsers refuse the certificate of example.com", verdict.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://shop.example.com | shop.example.com is no registrable domain and no www name of one",
                "https://www.example.com:8443 | A target with a port of its own has no www name that people type"
            })
    void whatHasNoOtherNameHasNothingToNormalise(String target, String value) {
        Verdict verdict = judge(SeenSite.page().target(target).www(Observed.seen(Optional.empty())));
        assertEquals(Outcome.NOTHING_TO_PROTECT, verdict.outcome());
        assertEquals(value, verdict.value());
    }
}
