package dev.websentry.engine.check.cookies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cookies that a browser stores (RFC 6265bis sections 5.1.4 and 5.7). */
class CookieJarTest {
    private static final String SITE = "https://www.example.com";
    private static final List<Header> HSTS = List.of(new Header("Strict-Transport-Security", "max-age=31536000"));

    /** Returns responses that each set a cookie. An argument is a URL, a space and the Set-Cookie header. */
    private static RedirectChain chain(String... responses) {
        return ObservedSite.chain(Stream.of(responses)
                .map(parts -> parts.split(" ", 2))
                .map(parts -> ObservedSite.get(
                        parts[0], ObservedSite.response(200, List.of(new Header("Set-Cookie", parts[1])), "")))
                .toArray(HttpExchange[]::new));
    }

    private static ObservedSite entry(String... responses) {
        return ObservedSite.page().entry(Observation.seen(chain(responses)));
    }

    private static List<String> stored(ObservedSite site) {
        return CookieJar.of(site.observations()).matching(one -> true).stream()
                .map(StoredCookie::evidence)
                .toList();
    }

    /**
     * The default path is the URL path up to the last slash, exclusive (section 5.1.4). A cookie with the same name
     * and path replaces the first one.
     */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/, /",
        "/home, /",
        "/shop/, /shop",
        "/shop/cart, /shop",
        "/shop/cart/pay?next=/a/b/c, /shop/cart",
    })
    void defaultPathIsTheDirectoryOfTheUrl(String url, String path) {
        ObservedSite site = entry(SITE + url + " sid=1", SITE + "/end sid=2; Path=" + path);
        assertEquals(List.of("sid=...; Path=" + path + " (set by " + SITE + "/end)"), stored(site));
    }

    @Test
    void cookiesWithDifferentDefaultPathsAreDistinct() {
        ObservedSite site = entry(SITE + "/a/x sid=1", SITE + "/b/x sid=2; Secure");
        assertEquals(
                List.of("sid=... (set by " + SITE + "/a/x)", "sid=...; Secure (set by " + SITE + "/b/x)"),
                stored(site));
    }

    /** The scan is at 12:00:00. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sid=1 | 1",
                "sid=1; Max-Age=1 | 1",
                "sid=1; Max-Age=0 | 0",
                "sid=1; Expires=Sun, 01 Mar 2026 12:00:01 GMT | 1",
                "sid=1; Expires=Sun, 01 Mar 2026 12:00:00 GMT | 0",
                "sid=1; Expires=Sun, 01 Mar 2026 12:00:00 GMT; Max-Age=1 | 1"
            })
    void cookiesAreStoredUntilTheyExpire(String cookie, int size) {
        assertEquals(
                size, CookieJar.of(entry(SITE + "/ " + cookie).observations()).size());
    }

    @Test
    void evidenceNamesTheLastUrlThatSetTheCookie() {
        assertEquals(
                List.of("sid=...; Path=/; Secure (set by " + SITE + "/home)"),
                stored(entry(SITE + "/ sid=1", SITE + "/home sid=2; Path=/; Secure")));
    }

    @Test
    void aCookieSetOverPlainHttpStaysExposed() {
        ObservedSite site = entry(SITE + "/ sid=2; Secure")
                .plain(Observation.seen(Optional.of(chain("http://www.example.com/ sid=1"))));
        assertEquals(List.of("sid=...; Secure (set by http://www.example.com/)"), stored(site));
    }

    /** Invalid policies and policies with max-age=0 have no effect (RFC 6797 sections 6.1.1 and 8.1). */
    @ParameterizedTest
    @CsvSource({"max-age=31536000, true", "max-age=1, true", "max-age=0, false", "max-age, false"})
    void hstsRequiresAPositiveMaxAge(String policy, boolean holds) {
        ObservedSite site = ObservedSite.page().header("Strict-Transport-Security", policy);
        assertEquals(holds, CookieJar.isHstsInEffect(site.observations()));
    }

    /** HSTS requires a secure transport without errors (RFC 6797 section 8.1). */
    @Test
    void hstsOverAnUntrustedConnectionHasNoEffect() {
        TlsSession expired = new TlsSession("TLSv1.3", "any", List.of(), Optional.of("expired"));
        assertFalse(CookieJar.isHstsInEffect(pageOver(Optional.of(expired)).observations()));
        assertFalse(CookieJar.isHstsInEffect(pageOver(Optional.empty()).observations()));
        ObservedSite plain = ObservedSite.page()
                .entry(Observation.seen(ObservedSite.chain(
                        ObservedSite.get("http://www.example.com/", ObservedSite.response(200, HSTS, "")))));
        assertFalse(CookieJar.isHstsInEffect(plain.observations()));
    }

    private static ObservedSite pageOver(Optional<TlsSession> session) {
        Response response =
                new Response(200, "h2", new ResponseHeaders(HSTS), ResponseBody.of(""), false, session, "192.0.2.7");
        return ObservedSite.page().entry(Observation.seen(ObservedSite.chain(ObservedSite.get(SITE + "/", response))));
    }
}
