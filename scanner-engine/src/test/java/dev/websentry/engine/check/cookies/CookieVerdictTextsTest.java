package dev.websentry.engine.check.cookies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of the cookie verdicts and remediations. */
class CookieVerdictTextsTest {
    private static final Map<String, Check> CHECKS = Map.of(
            "secure", new CookieSecureCheck(),
            "http-only", new CookieHttpOnlyCheck(),
            "same-site", new CookieSameSiteCheck(),
            "scope", new CookieScopeCheck());

    /** The value of the verdict, and the names of the cookies in its evidence. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "secure | sid=1; Secure && a=1; Secure | All 2 cookies have Secure | ''",
                "secure | sid=1; Secure | The only cookie has Secure | ''",
                "http-only | a=1 | The only cookie does not look like a session cookie | ''",
                "same-site | sid=1; SameSite=Lax | The only cookie sets SameSite=Lax or SameSite=Strict | ''",
                "same-site | a=1 | No session or CSRF cookie requires SameSite; it is not required on other cookies: a | a",
                "secure | sid=1 && a=1 | Session or CSRF cookie without Secure: sid | sid a",
                "secure | a=1 && b=1; Secure | Without Secure: a, and no HSTS policy keeps browsers on HTTPS | a",
                "secure+hsts | a=1 && b=1; Secure | Without Secure: a; HSTS currently keeps browsers on HTTPS | a",
                "http-only | a=1 && b=1 | None of the 2 cookies looks like a session cookie | ''",
                "http-only | sid=1; HttpOnly && a=1 | All session cookies have HttpOnly: sid | sid",
                "http-only | sid=1; HttpOnly && auth=1 | Session cookie without HttpOnly: auth | auth",
                "same-site | sid=1; SameSite=Lax && a=1; SameSite=Strict | All 2 cookies set SameSite=Lax or SameSite=Strict | ''",
                "same-site | sid=1; SameSite=Lax && a=1 | Session and CSRF cookies set SameSite=Lax or SameSite=Strict; it is not required on other cookies: a | a",
                "same-site | sid=1; SameSite=Lax && a=1; SameSite=None; Secure | Session and CSRF cookies set SameSite=Lax or SameSite=Strict; it is not required on other cookies: a | a",
                "same-site | sid=1 && a=1 | Session or CSRF cookie without SameSite, so the browser's default applies: sid | sid",
                "same-site | sid=1; Secure; SameSite=None && a=1 | Session or CSRF cookie with SameSite=None, sent with cross-site requests: sid | sid",
                "same-site | sid=1 && a=1; SameSite=None | SameSite=None without Secure, which browsers reject: a | a",
                "same-site | sid=1 && a=1; SameSite=Off | SameSite value that browsers do not know: a | a",
                "scope | sid=1 && a=1; Domain=example.com | Session cookies are sent only to their host, and name prefixes meet their requirements | ''",
                "scope | sid=1; Domain=example.com && a=1 | Session cookie with Domain, sent to all hosts of the domain: sid | sid",
                "scope | sid=1 && __Secure-a=1 | Violates the requirements of its name prefix, so browsers reject it: __Secure-a | __Secure-a"
            })
    void verdictHasValueAndEvidence(String check, String cookies, String value, String evidence) {
        CheckVerdict verdict = CheckCatalog.evaluate(
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

    /** Returns a site that sets these cookies, and HSTS if the name of the check ends in "+hsts". */
    private static ObservedSite site(String check, String cookies) {
        ObservedSite site = ObservedSite.page();
        for (String cookie : cookies.split("&&")) {
            site.header("Set-Cookie", cookie.strip());
        }
        return check.endsWith("+hsts") ? site.header("Strict-Transport-Security", "max-age=31536000") : site;
    }

    /** The condition "always" of mod_headers refers to a separate header table. */
    @Test
    void apacheConfigurationEditsBothHeaderTables() {
        assertEquals(
                List.of("Header edit Set-Cookie x", "Header always edit Set-Cookie x"),
                CookieCheck.apacheHeaderEdit("edit Set-Cookie x")
                        .lines()
                        .skip(1)
                        .toList());
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
