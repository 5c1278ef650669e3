package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.SiteObservations.NotFoundBaseline;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftNotFoundDetectorTest {
    private static final Failure LOST = new Failure(Failure.RequestFailureKind.CONNECTION_LOST, "reset");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the same text | the same text | true",
                "one text | another one | false",
                "nothing at /canary | nothing at /.env | true",
                "nothing at canary here | nothing at .env here | true",
                "request 7 with deadbeef01 | request 12 with cafe02cafe | true",
                "request with abcde | request with fedcb | false",
                "a b c d | d c b a | false",
                "a b c d | e d c b a | false",
                "a b c d e | e d c b a | true",
                "a b c d e f g h i | a b c d e f g h i j | true",
                "a b c d e f g h i j | a b c d e f g h i k | false",
                "a b c d e | f g h i j | false"
            })
    void partsThatVaryWithEveryRequestAreIgnored(String ordinary, String body, boolean covered) {
        assertEquals(covered, covers(ordinary(canary(ordinary), LOST), "/.env", body));
    }

    @Test
    void theRootIsPartOfTheBaseline() {
        assertTrue(covers(ordinary(LOST, ScriptedLeakSite.response(200, "text/html", "home")), "/.env", "home"));
    }

    @Test
    void withoutABaselineNothingIsASoft404() {
        assertFalse(covers(ordinary(LOST, LOST), "/.env", ""));
    }

    /** The path "/" is not removed from bodies, because it occurs in every URL of a page. */
    @Test
    void slashesAreNotRemovedForTheRoot() {
        NotFoundBaseline root = ordinary(LOST, ScriptedLeakSite.response(200, "text/html", "a/b"));
        assertTrue(covers(root, "/.env", "a/b"));
        assertFalse(covers(root, "/.env", "ab"));
    }

    @Test
    void onlyTheBeginningIsCompared() {
        String beginning = "x".repeat(4096);
        assertTrue(covers(ordinary(canary(beginning + "y"), LOST), "/.env", beginning + "z"));
        String shorter = "x".repeat(4095);
        assertFalse(covers(ordinary(canary(shorter + "y"), LOST), "/.env", shorter + "z"));
    }

    private static HttpExchange.HttpExchangeResult canary(String body) {
        return ScriptedLeakSite.response(404, "text/html", body);
    }

    private static NotFoundBaseline ordinary(
            HttpExchange.HttpExchangeResult canary, HttpExchange.HttpExchangeResult root) {
        return new NotFoundBaseline(
                List.of(ObservedSite.get(ScriptedLeakSite.SITE + "/canary", canary)),
                ObservedSite.get(ScriptedLeakSite.SITE + "/", root));
    }

    private static boolean covers(NotFoundBaseline ordinary, String path, String body) {
        return new SoftNotFoundDetector(ordinary)
                .isSoftNotFound(
                        HttpUrl.get(ScriptedLeakSite.SITE + path), ScriptedLeakSite.response(200, "text/plain", body));
    }
}
