package dev.websentry.engine.check.redirects;

import static dev.websentry.engine.check.redirects.RedirectChainNotation.chain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectChainCheckTest {
    private static CheckVerdict evaluate(ObservedSite site) {
        return CheckCatalog.evaluate(new RedirectChainCheck(), site.observations())
                .verdict();
    }

    private static ObservedSite entry(RedirectChain chain) {
        return ObservedSite.page().entry(Observation.seen(chain));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no redirect | PASS | https://a.org 200 | No redirects",
                "a 404 without a redirect | PASS | https://a.org 404 | No redirects",
                "one | PASS | https://a.org 301 https://a.org/1 200 | 1 redirect from https://a.org",
                "two | PASS | https://a.org 301 https://a.org/1 301 https://a.org/2 200 | 2 redirects from https://a.org",
                "a loop | FAIL | https://a.org 301 LOOP https://a.org/ | The redirects from https://a.org do not lead to a page: redirect loop",
                "too many redirects | FAIL | https://a.org 301 TOO_MANY_HOPS https://a.org/21 | The redirects from https://a.org do not lead to a page: more redirects than a browser follows",
                "an invalid Location | FAIL | https://a.org 301 INVALID_LOCATION | The redirects from https://a.org do not lead to a page: a Location that browsers do not follow",
                "back to http | FAIL | https://a.org 301 http://a.org 200 | Redirects from HTTPS back to plain HTTP, starting from https://a.org",
                "to http and back | FAIL | https://a.org 301 http://a.org 301 https://b.org 200 | Redirects from HTTPS back to plain HTTP, starting from https://a.org",
                "to a 404 | FAIL | https://a.org 301 https://a.org/gone 404 | Redirects to a page that does not exist (404), starting from https://a.org",
                "to a 410 | FAIL | https://a.org 301 https://a.org/gone 410 | Redirects to a page that does not exist (410), starting from https://a.org",
                "no response | NOT_CHECKED | https://a.org 301 https://b.org READ_TIMED_OUT | Not checked: a redirect from https://a.org leads to b.org, which did not respond: port is READ_TIMED_OUT"
            })
    void evaluatesChains(String description, CheckOutcome outcome, String steps, String value) {
        CheckVerdict verdict = evaluate(entry(chain(steps)));
        assertEquals(outcome, verdict.outcome(), description);
        assertEquals(value, verdict.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | PASS | 3 redirects from https://a.org",
                "4 | WARN | 4 redirects from https://a.org, more than 3",
                "10 | WARN | 10 redirects from https://a.org, more than 3",
                "11 | FAIL | 11 redirects from https://a.org, more than 10"
            })
    void moreThanThreeRedirectsWarnAndMoreThanTenFail(int redirects, CheckOutcome outcome, String value) {
        CheckVerdict verdict = evaluate(entry(RedirectChainNotation.withRedirects(redirects)));
        assertEquals(outcome, verdict.outcome());
        assertEquals(value, verdict.value());
    }

    /** If both verdicts are equally bad, the one for HTTPS is returned. */
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.org 200 | http://b.org 301 LOOP / | FAIL | The redirects from http://b.org do not lead to a page: redirect loop",
                "https://a.org 301 LOOP / | http://b.org 200 | FAIL | The redirects from https://a.org do not lead to a page: redirect loop",
                "https://a.org 301 LOOP / | http://b.org 301 LOOP / | FAIL | The redirects from https://a.org do not lead to a page: redirect loop",
                "https://a.org 301 https://c.org 404 | http://b.org 301 https://a.org NO_ROUTE | FAIL | Redirects to a page that does not exist (404), starting from https://a.org",
                "https://a.org 200 | http://b.org 301 https://a.org 200 | PASS | No redirects",
                "https://a.org 200 | http://b.org REFUSED | PASS | No redirects"
            })
    void theWorseOfHttpsAndPlainHttpDecides(String entry, String plain, CheckOutcome outcome, String value) {
        CheckVerdict verdict = evaluate(entry(chain(entry)).plain(Observation.seen(Optional.of(chain(plain)))));
        assertEquals(outcome, verdict.outcome());
        assertEquals(value, verdict.value());
    }

    @Test
    void hopsAreEvidence() {
        assertEquals(
                List.of("GET https://a.org/ -> 301, Location: https://a.org/1", "GET https://a.org/1 -> 200"),
                evaluate(entry(chain("https://a.org 301 https://a.org/1 200"))).evidence());
    }
}
