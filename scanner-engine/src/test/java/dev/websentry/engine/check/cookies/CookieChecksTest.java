package dev.websentry.engine.check.cookies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieChecksTest {
    private static final Map<String, Check> CHECKS = Map.of(
            "secure", new CookieSecureCheck(),
            "http-only", new CookieHttpOnlyCheck(),
            "same-site", new CookieSameSiteCheck(),
            "scope", new CookieScopeCheck());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "all cookies have Secure | secure | sid=1; Secure | PASS",
                "a session cookie lacks Secure | secure | sid=1 | FAIL",
                "a session cookie lacks Secure, regardless of HSTS | secure+hsts | PHPSESSID=1 | FAIL",
                "a CSRF cookie lacks Secure, regardless of HSTS | secure+hsts | XSRF-TOKEN=1 | FAIL",
                "another cookie lacks Secure while HSTS is in effect | secure+hsts | theme=dark | WARN",
                "another cookie lacks Secure without HSTS | secure | theme=dark | FAIL",
                "a load balancer cookie is not a session cookie | secure+hsts | AWSALB=x | WARN",
                "the Heroku affinity cookie is not a session cookie | http-only | heroku-session-affinity=x; Secure | PASS",
                "one of two cookies lacks Secure | secure | sid=1; Secure && JSESSIONID=2 | FAIL",
                "an attribute name in the value is not an attribute | secure | sid=Secure | FAIL",
                "session cookies have HttpOnly | http-only | connect.sid=1; HttpOnly | PASS",
                "a session cookie lacks HttpOnly | http-only | my_login_state=1; Secure | FAIL",
                "CSRF cookies are exempt from HttpOnly | http-only | csrftoken=1; Secure | PASS",
                "a CSRF cookie with sess in its name is a CSRF cookie | http-only | csrf_session=1; Secure | PASS",
                "there is no session cookie | http-only | theme=dark | PASS",
                "authentication cookies are session cookies | http-only | auth_v2=1 | FAIL",
                "remember-me cookies are session cookies | http-only | remember_user=1 | FAIL",
                "a cookie named token is a session cookie | http-only | token=1 | FAIL",
                "other names that contain token are not | http-only | consent_token=1 | PASS",
                "a name that contains sid is not sid | http-only | inside=1 | PASS",
                "ASP.NET Core cookies are session cookies | http-only | .AspNetCore.Identity=1 | FAIL",
                "a prefix does not hide the name | http-only | __Host-sid=1; Secure; Path=/ | FAIL",
                "Lax on all | same-site | sid=1; SameSite=Lax && theme=x; SameSite=Strict | PASS",
                "case does not matter | same-site | sid=1; samesite=lAX | PASS",
                "missing on another cookie passes | same-site | theme=x | PASS",
                "None with Secure on another cookie passes | same-site | theme=x; SameSite=None; Secure | PASS",
                "missing on a session cookie | same-site | sid=1; Secure | WARN",
                "missing on a CSRF cookie | same-site | csrftoken=1 | WARN",
                "None with Secure on a session cookie | same-site | sid=1; SameSite=None; Secure | WARN",
                "None without Secure | same-site | theme=x; SameSite=None | FAIL",
                "an unknown value | same-site | theme=x; SameSite=Relaxed | FAIL",
                "an empty value counts as absent (RFC 6265bis section 5.6.7) | same-site | sid=1; SameSite= | WARN",
                "no value counts as absent | same-site | sid=1; SameSite; Secure | WARN",
                "no value counts as absent on another cookie | same-site | theme=x; SameSite; Secure | PASS",
                "no value after a value counts as absent | same-site | sid=1; SameSite=Lax; SameSite | WARN",
                "an antiforgery cookie is a CSRF cookie | http-only | .AspNetCore.Antiforgery.x=1; Secure | PASS",
                "no session cookie has a Domain | scope | sid=1; Path=/ | PASS",
                "a session cookie for the whole domain | scope | sid=1; Domain=example.com | WARN",
                "another cookie for the whole domain | scope | theme=x; Domain=example.com | PASS",
                "a valid __Host- cookie | scope | __Host-sid=1; Secure; Path=/ | PASS",
                "a __Host- cookie without Path | scope | __Host-sid=1; Secure | FAIL",
                "a __Host- cookie with a Domain | scope | __Host-a=1; Secure; Path=/; Domain=www.example.com | FAIL",
                "a __Secure- cookie without Secure | scope | __Secure-a=1 | FAIL",
                "prefixes are case-insensitive | scope | __host-a=1; Path=/ | FAIL",
            })
    void evaluatesCookies(String description, String check, String cookies, CheckOutcome outcome) {
        ObservedSite site = ObservedSite.page();
        for (String cookie : cookies.split("&&")) {
            site.header("Set-Cookie", cookie.strip());
        }
        if (check.endsWith("+hsts")) {
            site.header("Strict-Transport-Security", "max-age=31536000");
        }
        assertEquals(outcome, evaluate(check.replace("+hsts", ""), site).outcome(), description);
    }

    @Test
    void aSiteWithoutCookiesHasNothingToProtect() {
        CHECKS.keySet()
                .forEach(check -> assertEquals(
                        CheckOutcome.NOTHING_TO_PROTECT,
                        evaluate(check, ObservedSite.page()).outcome()));
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void deniedAccessIsNotChecked(int status) {
        CHECKS.keySet()
                .forEach(check -> assertEquals(
                        CheckOutcome.NOT_CHECKED,
                        evaluate(check, ObservedSite.page().status(status)).outcome()));
    }

    @Test
    void anUnobservedPageIsNotChecked() {
        ObservedSite site = ObservedSite.page().entry(Observation.unknown("a client certificate is required"));
        assertEquals(
                "Not checked: a client certificate is required",
                evaluate("secure", site).value());
    }

    @Test
    void deletedCookiesAreIgnored() {
        assertEquals(
                CheckOutcome.NOTHING_TO_PROTECT,
                evaluate("secure", ObservedSite.page().header("Set-Cookie", "sid=; Max-Age=0"))
                        .outcome());
        assertEquals(
                CheckOutcome.NOTHING_TO_PROTECT,
                evaluate(
                                "secure",
                                ObservedSite.page()
                                        .header("Set-Cookie", "sid=1")
                                        .header("Set-Cookie", "sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"))
                        .outcome());
    }

    @Test
    void theLastSetCookieHeaderCounts() {
        ObservedSite site = ObservedSite.page().header("Set-Cookie", "sid=1").header("Set-Cookie", "sid=2; Secure");
        assertEquals(CheckOutcome.PASS, evaluate("secure", site).outcome());
    }

    @Test
    void cookiesForAnotherDomainOrAPublicSuffixAreIgnored() {
        ObservedSite site = ObservedSite.page()
                .header("Set-Cookie", "sid=1; Domain=other.example.net")
                .header("Set-Cookie", "sid=1; Domain=com");
        assertEquals(CheckOutcome.NOTHING_TO_PROTECT, evaluate("secure", site).outcome());
    }

    @Test
    void cookiesOfRedirectsCount() {
        HttpExchange first = ObservedSite.get("https://www.example.com/", redirect("/home", "sid=1"));
        HttpExchange last = ObservedSite.get("https://www.example.com/home", ObservedSite.response(200, List.of(), ""));
        ObservedSite site = ObservedSite.page().entry(Observation.seen(ObservedSite.chain(first, last)));
        assertEquals(CheckOutcome.FAIL, evaluate("secure", site).outcome());
    }

    @Test
    void cookiesOfForeignHopsAreIgnoredExceptOnTheFinalPage() {
        HttpExchange foreign =
                ObservedSite.get("https://login.other.example.org/", redirect("https://end.example.net/", "sid=1"));
        HttpExchange end = ObservedSite.get("https://end.example.net/", ObservedSite.response(200, List.of(), ""));
        ObservedSite withoutCookie = ObservedSite.page().entry(Observation.seen(ObservedSite.chain(foreign, end)));
        assertEquals(
                CheckOutcome.NOTHING_TO_PROTECT,
                evaluate("secure", withoutCookie).outcome());
        HttpExchange endWithCookie = ObservedSite.get(
                "https://end.example.net/", ObservedSite.response(200, List.of(new Header("Set-Cookie", "sid=1")), ""));
        ObservedSite site = ObservedSite.page().entry(Observation.seen(ObservedSite.chain(foreign, endWithCookie)));
        assertEquals(CheckOutcome.FAIL, evaluate("secure", site).outcome());
    }

    /** RFC 6265bis section 5.7: browsers ignore a Secure cookie from a connection that is not secure. */
    @ParameterizedTest
    @CsvSource({"sid=1; Secure, NOTHING_TO_PROTECT", "__Host-a=1; Secure; Path=/, NOTHING_TO_PROTECT", "a=1, FAIL"})
    void onlyCookiesWithoutSecureAreStoredOverPlainHttp(String cookie, CheckOutcome outcome) {
        Response answer = new Response(
                301,
                "http/1.1",
                new ResponseHeaders(
                        List.of(new Header("Location", "https://www.example.com/"), new Header("Set-Cookie", cookie))),
                ResponseBody.of(""),
                false,
                Optional.empty(),
                "192.0.2.7");
        RedirectChain plain = ObservedSite.chain(ObservedSite.get("http://www.example.com/", answer));
        ObservedSite site = ObservedSite.page().plain(Observation.seen(Optional.of(plain)));
        CheckVerdict verdict = evaluate("secure", site);
        assertEquals(outcome, verdict.outcome());
        assertEquals(outcome == CheckOutcome.FAIL, verdict.value().contains("plain HTTP"), verdict.value());
    }

    @Test
    void evidenceContainsNoCookieValues() {
        ObservedSite site = ObservedSite.page().header("Set-Cookie", "sid=hunter2; Path=/x; SameSite=None");
        for (String check : CHECKS.keySet()) {
            CheckVerdict verdict = evaluate(check, site);
            assertFalse(verdict.toString().contains("hunter2"), verdict.toString());
        }
        assertEquals(
                List.of("sid=...; Path=/x; SameSite=None (set by https://www.example.com/)"),
                evaluate("secure", site).evidence());
    }

    @Test
    void thousandsOfCookiesResultInAShortVerdict() {
        ObservedSite site = ObservedSite.page();
        for (int i = 0; i < 10_000; i++) {
            site.header("Set-Cookie", "sess" + i + "=1");
        }
        CheckVerdict verdict = evaluate("secure", site);
        assertEquals(CheckOutcome.FAIL, verdict.outcome());
        assertEquals(13, verdict.evidence().size());
        assertTrue(verdict.value().length() < 200, verdict.value());
    }

    private static Response redirect(String location, String cookie) {
        List<Header> headers = new ArrayList<>(List.of(new Header("Location", location)));
        headers.add(new Header("Set-Cookie", cookie));
        return ObservedSite.response(302, headers, "");
    }

    private static CheckVerdict evaluate(String check, ObservedSite site) {
        return CheckCatalog.evaluate(CHECKS.get(check), site.observations()).verdict();
    }
}
