package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether other sites' requests carry the cookies. */
final class SameSiteCheck implements Check {
    private static final Set<String> KNOWN = Set.of("strict", "lax", "none");

    private static final Definition DEFINITION = Definition.of(
                    "cookies.same-site", "SameSite Flag", Category.COOKIES, 4)
            .describe("Every session and CSRF cookie says SameSite=Lax or Strict, and SameSite=None only ever stands"
                    + " with Secure.")
            .remedy(Remediation.of("Set SameSite=Lax (or Strict) on every session and CSRF cookie."
                            + " A cookie that other sites must send needs SameSite=None and Secure.")
                    .nginx("""
                            # nginx 1.19.3 or newer, in the server block that proxies the application
                            proxy_cookie_flags ~ secure samesite=lax;""")
                    .apache("""
                            # mod_headers; for a cookie that does not carry the attribute yet
                            Header always edit Set-Cookie "(?i)^((?:(?!;\\s*samesite).)*)$" "$1; SameSite=Lax"
                            Header edit Set-Cookie "(?i)^((?:(?!;\\s*samesite).)*)$" "$1; SameSite=Lax\"""")
                    .with("Spring Boot application.properties", """
                            server.servlet.session.cookie.same-site=lax
                            # for cookies of your own: ResponseCookie.from(name, value).sameSite("Lax").build()"""))
            .references(
                    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.2.7",
                    "https://web.dev/articles/samesite-cookies-explained")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        SeenCookies cookies = SeenCookies.of(seen);
        return cookies.withoutCookies().orElseGet(() -> judge(cookies));
    }

    private static Verdict judge(SeenCookies cookies) {
        List<SeenCookie> unknown =
                cookies.where(cookie -> cookie.cookie().sameSite().isPresent() && !KNOWN.contains(sameSite(cookie)));
        List<SeenCookie> noneInClear = cookies.where(
                cookie -> sameSite(cookie).equals("none") && !cookie.cookie().secure());
        List<SeenCookie> noneSensitive =
                cookies.where(cookie -> sameSite(cookie).equals("none") && cookie.isSensitive());
        List<SeenCookie> absentSensitive =
                cookies.where(cookie -> cookie.cookie().sameSite().isEmpty() && cookie.isSensitive());
        if (!unknown.isEmpty()) {
            return of(Verdict.fail("SameSite has a value that browsers do not know: "), unknown);
        }
        if (!noneInClear.isEmpty()) {
            return of(Verdict.fail("SameSite=None without Secure, which browsers reject: "), noneInClear);
        }
        if (!absentSensitive.isEmpty()) {
            return of(Verdict.warn("No SameSite on a session or CSRF cookie: "), absentSensitive);
        }
        if (!noneSensitive.isEmpty()) {
            return of(
                    Verdict.warn("SameSite=None on a session or CSRF cookie, sent by other sites too: "),
                    noneSensitive);
        }
        List<SeenCookie> loose = cookies.where(cookie ->
                cookie.cookie().sameSite().isEmpty() || sameSite(cookie).equals("none"));
        return loose.isEmpty()
                ? Verdict.pass("All " + cookies.all().size() + " cookies are SameSite=Lax or Strict")
                        .evidence(SeenCookies.evidence(cookies.all()))
                : of(Verdict.pass("Note, no SameSite or None, but neither session nor CSRF cookies: "), loose);
    }

    private static String sameSite(SeenCookie cookie) {
        return cookie.cookie().sameSite().orElse("").toLowerCase(Locale.ROOT);
    }

    private static Verdict of(Verdict verdict, List<SeenCookie> cookies) {
        return Verdict.of(verdict.outcome(), verdict.value() + SeenCookies.names(cookies))
                .evidence(SeenCookies.evidence(cookies));
    }
}
