package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HSTS in several responses of one navigation, RFC 6797 sections 6.1.2 and 8.1. */
class HstsNavigationTest {
    private static final String YEAR = "max-age=31536000; includeSubDomains";
    private static final String START = "https://www.example.com/";
    private static final String LATER = "https://www.example.com/en/";

    private static HttpExchange hop(String url, int status, String hsts) {
        List<Header> headers = new ArrayList<>(List.of(new Header("Content-Type", "text/html")));
        if (status == 302) {
            headers.add(new Header("Location", LATER));
        }
        if (!hsts.isEmpty()) {
            headers.add(new Header("Strict-Transport-Security", hsts));
        }
        return ObservedSite.get(url, ObservedSite.response(status, headers, ""));
    }

    private static void is(CheckOutcome outcome, String text, HttpExchange... hops) {
        CheckVerdict verdict =
                ObservedTls.good().entry(hops).evaluate("ssl.hsts").verdict();
        assertEquals(outcome, verdict.outcome(), verdict.value());
        assertTrue(verdict.value().contains(text), verdict.value());
    }

    @Test
    void onlyInALaterResponseOfTheHostWarns() {
        is(CheckOutcome.WARN, "only the later response of /en/", hop(START, 302, ""), hop(LATER, 200, YEAR));
        is(CheckOutcome.WARN, "only the later", hop(START, 302, "max-age=x"), hop(LATER, 200, YEAR));
    }

    @Test
    void inEveryResponsePasses() {
        is(CheckOutcome.PASS, "", hop(START, 302, YEAR), hop(LATER, 200, YEAR));
        is(CheckOutcome.PASS, "", hop(START, 302, YEAR), hop(LATER, 200, ""));
    }

    @Test
    void onAnotherHostFails() {
        String other = "https://other.example.com/";
        is(CheckOutcome.FAIL, "No Strict-Transport-Security", hop(START, 302, ""), hop(other, 200, YEAR));
        is(CheckOutcome.FAIL, "No Strict", hop(START, 302, ""), hop("http://www.example.com/", 200, YEAR));
    }

    @Test
    void laterRequestWithoutAResponseIsIgnored() {
        HttpExchange lost = ObservedSite.get(
                LATER, new HttpExchange.Failure(HttpExchange.Failure.RequestFailureKind.CONNECTION_LOST, "gone"));
        is(CheckOutcome.PASS, "", hop(START, 302, YEAR), lost);
        is(CheckOutcome.FAIL, "No Strict-Transport-Security", hop(START, 302, ""), lost);
    }

    @Test
    void responseOfAnAddressIsEvaluatedIfTheNavigationFailed() {
        CheckVerdict verdict = ObservedTls.good().noEntry().evaluate("ssl.hsts").verdict();
        assertEquals(CheckOutcome.FAIL, verdict.outcome(), verdict.value());
        assertTrue(verdict.value().contains("No Strict-Transport-Security"), verdict.value());
    }

    @Test
    void laterMaxAgeOfZeroFails() {
        is(CheckOutcome.FAIL, "response of /en/ disables HSTS", hop(START, 302, YEAR), hop(LATER, 200, "max-age=0"));
        is(CheckOutcome.FAIL, "No Strict-Transport-Security", hop(START, 302, ""), hop(LATER, 200, "max-age=0"));
    }

    @Test
    void includeSubDomainsWithAValueFails() {
        is(CheckOutcome.FAIL, "malformed", hop(START, 200, "max-age=31536000; includeSubDomains=true"));
    }

    /** RFC 6797 section 8.1: browsers ignore the field in a response over plain http. */
    @Test
    void onlyInTheResponseOverPlainHttpFails() {
        is(CheckOutcome.FAIL, "No Strict", hop("http://www.example.com/", 301, YEAR), hop(START, 200, ""));
    }

    @Test
    void evidenceQuotesTheHeader() {
        CheckVerdict verdict = ObservedTls.good()
                .entry(hop(START, 200, YEAR))
                .evaluate("ssl.hsts")
                .verdict();
        assertEquals(List.of("Strict-Transport-Security: " + YEAR), verdict.evidence());
    }
}
