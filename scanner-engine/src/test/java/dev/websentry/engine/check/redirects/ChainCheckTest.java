package dev.websentry.engine.check.redirects;

import static dev.websentry.engine.check.redirects.ChainInWords.chain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Observed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainCheckTest {
    private static Verdict judge(SeenSite site) {
        return Catalogue.judge(new ChainCheck(), site.observations()).verdict();
    }

    private static SeenSite entry(Chain chain) {
        return SeenSite.page().entry(Observed.seen(chain));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no redirect | PASS | https://a.org 200 | No redirect on the way in",
                "a 404 without a redirect | PASS | https://a.org 404 | No redirect on the way in",
                "one | PASS | https://a.org 301 https://a.org/1 200 | 1 redirect from https://a.org",
                "two | PASS | https://a.org 301 https://a.org/1 301 https://a.org/2 200 | 2 redirects from https://a.org",
                "a circle | FAIL | https://a.org 301 LOOP https://a.org/ | Leads nowhere from https://a.org: the redirects go round in a circle",
                "no end | FAIL | https://a.org 301 TOO_MANY_HOPS https://a.org/21 | Leads nowhere from https://a.org: more redirects than a browser follows",
                "an invalid Location | FAIL | https://a.org 301 INVALID_LOCATION | Leads nowhere from https://a.org: a Location that no browser follows",
                "back to http | FAIL | https://a.org 301 http://a.org 200 | Redirects from https back to plain http, from https://a.org",
                "to http and back | FAIL | https://a.org 301 http://a.org 301 https://b.org 200 | Redirects from https back to plain http, from https://a.org",
                "into a 404 | FAIL | https://a.org 301 https://a.org/gone 404 | Redirects to a page that does not exist (404), from https://a.org",
                "into a 410 | FAIL | https://a.org 301 https://a.org/gone 410 | Redirects to a page that does not exist (410), from https://a.org",
                "into silence | NOT_CHECKED | https://a.org 301 https://b.org READ_TIMED_OUT | Not checked: a redirect from https://a.org leads to b.org, which gave no answer: port is READ_TIMED_OUT"
            })
    void chains(String sentence, Outcome outcome, String words, String value) {
        Verdict verdict = judge(entry(chain(words)));
        assertEquals(outcome, verdict.outcome(), sentence);
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
    void threeAreShortAndMoreThanTenAreTooMany(int redirects, Outcome outcome, String value) {
        Verdict verdict = judge(entry(ChainInWords.ofRedirects(redirects)));
        assertEquals(outcome, verdict.outcome());
        assertEquals(value, verdict.value());
    }

    /** Where both are as bad, the way over https is told of. */
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.org 200 | http://b.org 301 LOOP / | FAIL | Leads nowhere from http://b.org: the redirects go round in a circle",
                "https://a.org 301 LOOP / | http://b.org 200 | FAIL | Leads nowhere from https://a.org: the redirects go round in a circle",
                "https://a.org 301 LOOP / | http://b.org 301 LOOP / | FAIL | Leads nowhere from https://a.org: the redirects go round in a circle",
                "https://a.org 301 https://c.org 404 | http://b.org 301 https://a.org NO_ROUTE | FAIL | Redirects to a page that does not exist (404), from https://a.org",
                "https://a.org 200 | http://b.org 301 https://a.org 200 | PASS | No redirect on the way in",
                "https://a.org 200 | http://b.org REFUSED | PASS | No redirect on the way in"
            })
    void theWorseOfBothWaysInDecides(String entry, String plain, Outcome outcome, String value) {
        Verdict verdict = judge(entry(chain(entry)).plain(Observed.seen(Optional.of(chain(plain)))));
        assertEquals(outcome, verdict.outcome());
        assertEquals(value, verdict.value());
    }

    @Test
    void theWayIsEvidence() {
        assertEquals(
                List.of("GET https://a.org/ -> 301, Location: https://a.org/1", "GET https://a.org/1 -> 200"),
                judge(entry(chain("https://a.org 301 https://a.org/1 200"))).evidence());
    }
}
