package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks that browsers do not send session and CSRF cookies with cross-site requests. */
final class SameSiteCheck implements CookieCheck {
    private static final Definition DEFINITION = Definition.of(
                    "cookies.same-site", "SameSite Flag", Category.COOKIES, 4)
            .describe(
                    "Session and CSRF cookies set SameSite=Lax or SameSite=Strict; cookies with SameSite=None also set Secure.")
            .remedy(Remediation.of("Set SameSite=Lax or SameSite=Strict on session and CSRF cookies.")
                    .nginx("# in the proxied location, nginx 1.19.3 or newer\nproxy_cookie_flags ~ samesite=lax;")
                    .apache(CookieCheck.apache(
                            "edit Set-Cookie \"(?i)^((?!.*;\\s*SameSite).*)$\" \"$1; SameSite=Lax\""))
                    .with("Spring Boot", "server.servlet.session.cookie.same-site=lax"))
            .references(
                    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6.7",
                    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#samesitesamesite-value")
            .build();
    private static final Set<String> KNOWN = Set.of("lax", "strict", "none");

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(CookieJar jar, Observations seen) {
        List<SeenCookie> unknown =
                jar.those(one -> one.cookie().sameSite().isPresent() && !KNOWN.contains(sameSite(one)));
        if (!unknown.isEmpty()) {
            return finding(
                    Verdict.fail("SameSite value that browsers do not know: " + SeenCookie.names(unknown)), unknown);
        }
        List<SeenCookie> rejected =
                jar.those(one -> sameSite(one).equals("none") && !one.cookie().secure());
        if (!rejected.isEmpty()) {
            return finding(
                    Verdict.fail("SameSite=None without Secure, which browsers reject: " + SeenCookie.names(rejected)),
                    rejected);
        }
        List<SeenCookie> crossSite =
                jar.those(one -> one.isSensitive() && sameSite(one).equals("none"));
        if (!crossSite.isEmpty()) {
            return finding(
                    Verdict.warn("Session or CSRF cookie with SameSite=None, sent with cross-site requests: "
                            + SeenCookie.names(crossSite)),
                    crossSite);
        }
        List<SeenCookie> absent = jar.those(one -> sameSite(one).isEmpty());
        List<SeenCookie> sensitive =
                absent.stream().filter(SeenCookie::isSensitive).toList();
        if (!sensitive.isEmpty()) {
            return finding(
                    Verdict.warn("Session or CSRF cookie without SameSite, so the browser's default applies: "
                            + SeenCookie.names(sensitive)),
                    sensitive);
        }
        List<SeenCookie> others =
                jar.those(one -> sameSite(one).equals("none") || sameSite(one).isEmpty());
        return others.isEmpty()
                ? Verdict.pass("All " + jar.size() + " cookies set SameSite=Lax or SameSite=Strict")
                : Verdict.pass(
                                "Session and CSRF cookies set SameSite; other cookies without SameSite, or with None and Secure: "
                                        + SeenCookie.names(others))
                        .evidence(CookieCheck.evidence(others));
    }

    private static Verdict finding(Verdict verdict, List<SeenCookie> cookies) {
        return verdict.evidence(CookieCheck.evidence(cookies));
    }

    /** Returns the SameSite value in lower case; empty if the attribute is missing. */
    private static String sameSite(SeenCookie one) {
        return one.cookie().sameSite().orElse("").toLowerCase(Locale.ROOT);
    }
}
