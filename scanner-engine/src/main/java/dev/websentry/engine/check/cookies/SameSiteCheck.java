package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Other sites cannot make a browser send the cookies that count. */
final class SameSiteCheck implements CookieCheck {
    private static final Definition DEFINITION = Definition.of(
                    "cookies.same-site", "SameSite Flag", Category.COOKIES, 4)
            .describe("Session and CSRF cookies say SameSite=Lax or Strict; SameSite=None comes with Secure.")
            .remedy(Remediation.of("Set SameSite=Lax, or Strict, on session and CSRF cookies.")
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
                    Verdict.fail("SameSite has a value that no browser knows: " + SeenCookie.names(unknown)), unknown);
        }
        List<SeenCookie> refused =
                jar.those(one -> sameSite(one).equals("none") && !one.cookie().secure());
        if (!refused.isEmpty()) {
            return finding(
                    Verdict.fail("SameSite=None without Secure, which browsers refuse: " + SeenCookie.names(refused)),
                    refused);
        }
        List<SeenCookie> open =
                jar.those(one -> one.isSensitive() && sameSite(one).equals("none"));
        if (!open.isEmpty()) {
            return finding(
                    Verdict.warn("Session or CSRF cookie with SameSite=None, sent along from any site: "
                            + SeenCookie.names(open)),
                    open);
        }
        List<SeenCookie> absent = jar.those(one -> sameSite(one).isEmpty());
        List<SeenCookie> sensitive =
                absent.stream().filter(SeenCookie::isSensitive).toList();
        if (!sensitive.isEmpty()) {
            return finding(
                    Verdict.warn("Session or CSRF cookie without SameSite, so each browser decides: "
                            + SeenCookie.names(sensitive)),
                    sensitive);
        }
        List<SeenCookie> others =
                jar.those(one -> sameSite(one).equals("none") || sameSite(one).isEmpty());
        return others.isEmpty()
                ? Verdict.pass("All " + jar.size() + " cookies say Lax or Strict")
                : Verdict.pass("Session and CSRF cookies are fine; none, or None with Secure, on others: "
                                + SeenCookie.names(others))
                        .evidence(CookieCheck.evidence(others));
    }

    private static Verdict finding(Verdict verdict, List<SeenCookie> cookies) {
        return verdict.evidence(CookieCheck.evidence(cookies));
    }

    /** Lower case; empty where the attribute is absent. */
    private static String sameSite(SeenCookie one) {
        return one.cookie().sameSite().orElse("").toLowerCase(Locale.ROOT);
    }
}
