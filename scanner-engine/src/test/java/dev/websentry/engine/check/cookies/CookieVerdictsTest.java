package dev.websentry.engine.check.cookies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of verdicts on cookies, and of what to do about them. */
class CookieVerdictsTest {
    private static final Map<String, Check> CHECKS = Map.of(
            "secure", new SecureCheck(),
            "http-only", new HttpOnlyCheck(),
            "same-site", new SameSiteCheck(),
            "scope", new ScopeCheck());

    /** What a reader is told; of the cookies, those that count as evidence. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "secure | sid=1; Secure && a=1; Secure | All 2 cookies carry Secure | ''",
                "secure | sid=1 && a=1 | Session or CSRF cookie without Secure: sid | sid a",
                "secure | a=1 && b=1; Secure | Without Secure: a, and no HSTS keeps browsers on https | a",
                "secure+hsts | a=1 && b=1; Secure | Without Secure: a; HSTS keeps browsers on https meanwhile | a",
                "http-only | a=1 && b=1 | None of the 2 cookies looks like a session's | ''",
                "http-only | sid=1; HttpOnly && a=1 | All session cookies carry HttpOnly: sid | sid",
                "http-only | sid=1; HttpOnly && auth=1 | Session cookie without HttpOnly: auth | auth",
                "same-site | sid=1; SameSite=Lax && a=1; SameSite=Strict | All 2 cookies say Lax or Strict | ''",
                "same-site | sid=1; SameSite=Lax && a=1 | Session and CSRF cookies are fine; none, or None with Secure, on others: a | a",
                "same-site | sid=1; SameSite=Lax && a=1; SameSite=None; Secure | Session and CSRF cookies are fine; none, or None with Secure, on others: a | a",
                "same-site | sid=1 && a=1 | Session or CSRF cookie without SameSite, so each browser decides: sid | sid",
                "same-site | sid=1; Secure; SameSite=None && a=1 | Session or CSRF cookie with SameSite=None, sent along from any site: sid | sid",
                "same-site | sid=1 && a=1; SameSite=None | SameSite=None without Secure, which browsers refuse: a | a",
                "same-site | sid=1 && a=1; SameSite=Off | SameSite has a value that no browser knows: a | a",
                "scope | sid=1 && a=1; Domain=example.com | No session cookie is wider than its host, and prefixes keep their rules | ''",
                "scope | sid=1; Domain=example.com && a=1 | Session cookie for a whole domain and every host below it: sid | sid",
                "scope | sid=1 && __Secure-a=1 | Breaks the rules of its prefix, so browsers refuse it: __Secure-a | __Secure-a"
            })
    void says(String check, String cookies, String value, String evidence) {
        Verdict verdict = Catalogue.judge(
                        CHECKS.get(check.replace("+hsts", "")),
                        site(check, cookies).observations())
                .verdict();
        assertEquals(value, verdict.value());
        assertEquals(
                evidence,
                verdict.evidence().stream()
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .collect(Collectors.joining(" ")));
    }

    /** A site that sets these cookies, and HSTS where the check's name says so. */
    private static SeenSite site(String check, String cookies) {
        SeenSite site = SeenSite.page();
        for (String cookie : cookies.split("&&")) {
            site.header("Set-Cookie", cookie.strip());
        }
        return check.endsWith("+hsts") ? site.header("Strict-Transport-Security", "max-age=31536000") : site;
    }

    /** The condition "always" is a table of its own in httpd's mod_headers. */
    @Test
    void apacheIsToldToEditBothTables() {
        assertEquals(
                List.of("Header edit Set-Cookie x", "Header always edit Set-Cookie x"),
                CookieCheck.apache("edit Set-Cookie x").lines().skip(1).toList());
        CHECKS.values().forEach(check -> {
            List<String> lines = check.definition().remediation().configs().stream()
                    .filter(config -> config.target().equals("Apache httpd"))
                    .flatMap(config -> config.code().lines())
                    .toList();
            assertEquals(3, lines.size());
            assertTrue(lines.get(1).startsWith("Header edit Set-Cookie "), lines.get(1));
            assertEquals(lines.get(1).replace("Header edit", "Header always edit"), lines.get(2));
        });
    }
}
