package dev.websentry.engine.check.redirects;

import static dev.websentry.engine.check.redirects.RedirectChainNotation.chain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.ObservedSite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectChainEvidenceTest {
    /** The expected lines are separated by #. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "http://a.org 301 https://a.org/x 404 | GET http://a.org/ -> 301, Location: https://a.org/x#GET https://a.org/x -> 404",
                "http://a.org REFUSED | GET http://a.org/ -> port is REFUSED",
                "http://a.org 301 LOOP / | GET http://a.org/ -> 301, Location: /#redirect loop",
                "http://a.org 301 TOO_MANY_HOPS /2 | GET http://a.org/ -> 301, Location: /2#more redirects than a browser follows",
                "http://a.org 302 INVALID_LOCATION | GET http://a.org/ -> 302, Location: ftp://a.org/#a Location that browsers do not follow"
            })
    void hopsAndUnusualEndsAreOneLineEach(String steps, String lines) {
        assertEquals(List.of(lines.split("#")), RedirectChainEvidence.lines(chain(steps)));
    }

    @Test
    void passwordsInLocationsAreHidden() {
        assertEquals(
                "GET http://a.org/ -> 301, Location: https://...@b.org/",
                RedirectChainEvidence.lines(chain("http://a.org 301 https://me:secret@b.org/ 200"))
                        .get(0));
    }

    @Test
    void eightHopsAndTheLastHopAreShown() {
        List<String> eight = RedirectChainEvidence.lines(RedirectChainNotation.withRedirects(7));
        assertEquals(8, eight.size());
        assertEquals("GET https://a.org/7 -> 200", eight.get(7));

        List<String> nine = new ArrayList<>(eight.subList(0, 7));
        nine.add("GET https://a.org/7 -> 302, Location: https://a.org/8");
        nine.add("and 1 more, the last: GET https://a.org/8 -> 200");
        assertEquals(nine, RedirectChainEvidence.lines(RedirectChainNotation.withRedirects(8)));
    }

    @Test
    void linesAreCutTo300Characters() {
        String bare = "GET https://a.org/ -> 200";
        String whole = "x".repeat(300 - bare.length());
        assertEquals(List.of("GET https://a.org/" + whole + " -> 200"), lines(whole));
        String cut = ("GET https://a.org/" + whole + "x -> 200").substring(0, 297) + "...";
        assertEquals(List.of(cut), lines(whole + "x"));
    }

    private static List<String> lines(String path) {
        return RedirectChainEvidence.lines(ObservedSite.chain(
                ObservedSite.get("https://a.org/" + path, ObservedSite.response(200, List.of(), ""))));
    }
}
