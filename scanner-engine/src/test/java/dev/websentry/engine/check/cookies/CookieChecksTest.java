package dev.websentry.engine.check.cookies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieChecksTest {
    private static final Check SECURE = new SecureCheck();
    private static final Check HTTP_ONLY = new HttpOnlyCheck();
    private static final Check SAME_SITE = new SameSiteCheck();
    private static final Check SCOPE = new ScopeCheck();

    private static Verdict judge(Check check, SeenSite site) {
        return Catalogue.judge(check, site.observations()).verdict();
    }

    /** A page that sets these cookies, separated by " && ". */
    private static SeenSite page(String cookies) {
        SeenSite site = SeenSite.page();
        for (String cookie : cookies.split(" && ")) {
            site.header("Set-Cookie", cookie);
        }
        return site;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "every cookie is Secure | PASS | sid=1; Secure && theme=dark; Secure",
                "a session cookie is not | FAIL | sid=1 && theme=dark; Secure",
                "a CSRF cookie is not | FAIL | XSRF-TOKEN=1",
                "another cookie is not, without HSTS | FAIL | theme=dark",
                "only a deletion is not | NOTHING_TO_PROTECT | sid=; Max-Age=0",
                "a cookie set anew with Secure is judged by that | PASS | sid=1 && sid=2; Secure",
                "the same name on another path is another cookie | FAIL | sid=1 && sid=2; Secure; Path=/x",
                "a cookie for another host is none | NOTHING_TO_PROTECT | sid=1; Domain=other.org",
                "a cookie for a public suffix is none | NOTHING_TO_PROTECT | sid=1; Domain=com"
            })
    void secure(String sentence, Outcome outcome, String cookies) {
        assertEquals(outcome, judge(SECURE, page(cookies)).outcome(), sentence);
    }

    @ParameterizedTest(name = "with HSTS {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=31536000 | theme=dark | WARN",
                "max-age=0 | theme=dark | FAIL",
                "nonsense | theme=dark | FAIL",
                "max-age=31536000 | sid=1 | FAIL",
                "max-age=31536000 | AWSALB=1 | WARN"
            })
    void secureWhereHstsHolds(String hsts, String cookies, Outcome outcome) {
        SeenSite site = page(cookies).header("Strict-Transport-Security", hsts);
        assertEquals(outcome, judge(SECURE, site).outcome());
    }

    @Test
    void aCookieSetOverPlainHttpFailsEvenWhenSecureFollows() {
        Chain plain = SeenSite.chain(
                SeenSite.get(
                        "http://www.example.com/",
                        SeenSite.response(
                                301,
                                List.of(
                                        new Header("Location", "https://www.example.com/"),
                                        new Header("Set-Cookie", "sid=1")),
                                "")),
                SeenSite.get("https://www.example.com/", SeenSite.response(200, List.of(), "")));
        Verdict verdict = judge(SECURE, page("sid=1; Secure").plain(Observed.seen(Optional.of(plain))));
        assertEquals(Outcome.FAIL, verdict.outcome());
        assertTrue(verdict.value().startsWith("Set over plain http"), verdict.value());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "all session cookies are HttpOnly | PASS | JSESSIONID=1; HttpOnly && theme=1",
                "there is no session cookie | PASS | theme=1",
                "a CSRF cookie is exempt | PASS | csrftoken=1",
                "PHPSESSID is not | FAIL | PHPSESSID=1",
                "ASP.NET_SessionId is not | FAIL | ASP.NET_SessionId=1",
                ".AspNetCore.Cookies is not | FAIL | .AspNetCore.Cookies=1",
                "connect.sid is not | FAIL | connect.sid=1",
                "a prefixed sid is not | FAIL | __Host-sid=1; Secure; Path=/",
                "jwt is not | FAIL | jwt=1",
                "authToken is not | FAIL | authToken=1",
                "remember_me is not | FAIL | remember_me=1",
                "user_login is not | FAIL | user_login=1",
                "a word that merely contains sid is other | PASS | sidebar=1",
                "an affinity cookie is never a session | PASS | ARRAffinitySameSite=1 && __cf_bm=1 && AWSALBCORS=1 && heroku-session-affinity=1"
            })
    void httpOnly(String sentence, Outcome outcome, String cookies) {
        assertEquals(outcome, judge(HTTP_ONLY, page(cookies)).outcome(), sentence);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Lax and Strict | PASS | sid=1; SameSite=Lax && csrf=1; SameSite=STRICT",
                "absent on other cookies | PASS | theme=1",
                "None with Secure on other cookies | PASS | theme=1; SameSite=None; Secure",
                "absent on a session cookie | WARN | sid=1; Secure",
                "absent on a CSRF cookie | WARN | csrf=1; Secure",
                "None with Secure on a session cookie | WARN | sid=1; SameSite=None; Secure",
                "None without Secure | FAIL | theme=1; SameSite=None",
                "an unknown value | FAIL | theme=1; SameSite=Always",
                "an empty value | FAIL | theme=1; SameSite",
                "the last of two counts | PASS | sid=1; SameSite=Always; SameSite=Lax"
            })
    void sameSite(String sentence, Outcome outcome, String cookies) {
        assertEquals(outcome, judge(SAME_SITE, page(cookies)).outcome(), sentence);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no Domain | PASS | sid=1",
                "a whole __Host- cookie | PASS | __Host-sid=1; Secure; Path=/",
                "a wide cookie that is no session | PASS | theme=1; Domain=example.com",
                "a session cookie for the domain | WARN | sid=1; Domain=example.com",
                "a session cookie for the host and below | WARN | sid=1; Domain=www.example.com",
                "__Secure- without Secure | FAIL | __Secure-a=1",
                "__Host- without Secure | FAIL | __Host-a=1; Path=/",
                "__Host- with a Domain | FAIL | __Host-a=1; Secure; Path=/; Domain=www.example.com",
                "__Host- without a Path | FAIL | __Host-a=1; Secure",
                "a prefix in another case | FAIL | __HOST-a=1; Secure"
            })
    void scope(String sentence, Outcome outcome, String cookies) {
        assertEquals(outcome, judge(SCOPE, page(cookies)).outcome(), sentence);
    }

    @Test
    void withoutCookiesThereIsNothingToProtect() {
        for (Check check : CookieChecks.ALL) {
            assertEquals(
                    Outcome.NOTHING_TO_PROTECT, judge(check, SeenSite.page()).outcome());
        }
    }

    @Test
    void aWallWithoutCookiesIsNotChecked() {
        for (Check check : CookieChecks.ALL) {
            assertEquals(
                    Outcome.NOT_CHECKED,
                    judge(check, SeenSite.page().status(401)).outcome());
            assertEquals(
                    Outcome.NOT_CHECKED,
                    judge(check, SeenSite.page().status(403)).outcome());
        }
    }

    @Test
    void cookiesOfEveryHopOfTheSiteCount() {
        Chain entry = SeenSite.chain(
                SeenSite.get("https://www.example.com/", hop("https://login.example.com/", "a=1")),
                SeenSite.get("https://login.example.com/", hop("https://other.org/", "b=1")),
                SeenSite.get("https://other.org/", hop("https://final.net/", "c=1")),
                SeenSite.get(
                        "https://final.net/", SeenSite.response(200, List.of(new Header("Set-Cookie", "d=1")), "")));
        Observations seen = SeenSite.page().entry(Observed.seen(entry)).observations();
        List<String> names = new ArrayList<>();
        SeenCookies.of(seen).all().forEach(cookie -> names.add(cookie.cookie().name()));
        assertEquals(List.of("a", "b", "d"), names);
    }

    @Test
    void noVerdictShowsAValue() {
        SeenSite site = page("sid=s3cret; Domain=example.com && __Host-x=s3cret && token=s3cret; SameSite=None");
        for (Check check : CookieChecks.ALL) {
            Verdict verdict = judge(check, site);
            assertFalse(verdict.toString().contains("s3cret"), verdict.toString());
        }
    }

    private static dev.websentry.engine.observe.Exchange.Response hop(String to, String cookie) {
        return SeenSite.response(302, List.of(new Header("Location", to), new Header("Set-Cookie", cookie)), "");
    }
}
