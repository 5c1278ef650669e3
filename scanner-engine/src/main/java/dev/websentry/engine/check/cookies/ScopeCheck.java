package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.SetCookie;
import java.util.List;

/** A session cookie stays on its host, and a name's prefix keeps its promise. */
final class ScopeCheck implements CookieCheck {
    private static final Definition DEFINITION = Definition.of(
                    "cookies.scope", "Cookie Prefix and Scope", Category.COOKIES, 1)
            .describe(
                    "Session cookies go to no wider domain than their host, and __Host- and __Secure- names keep their rules.")
            .remedy(Remediation.of(
                            "Leave Domain off session cookies, and give a __Host- cookie Secure, Path=/ and no Domain.")
                    .nginx("""
                            # in the proxied location: hands Domain=example.com on as the host itself;
                            # dropping it in the application is better
                            proxy_cookie_domain example.com $host;""")
                    .apache(CookieCheck.apache("edit Set-Cookie \"(?i);\\s*Domain=[^;]*\" \"\""))
                    .with("Spring Boot", """
                            server.servlet.session.cookie.name=__Host-session
                            server.servlet.session.cookie.secure=true
                            server.servlet.session.cookie.path=/"""))
            .references("https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(CookieJar jar, Observations seen) {
        List<SeenCookie> broken = jar.those(ScopeCheck::breaksItsPrefix);
        if (!broken.isEmpty()) {
            return Verdict.fail("Breaks the rules of its prefix, so browsers refuse it: " + SeenCookie.names(broken))
                    .evidence(CookieCheck.evidence(broken));
        }
        // An address has no hosts below it: a Domain that names it widens nothing.
        boolean address = seen.target().host().isAddress();
        List<SeenCookie> wide = jar.those(
                one -> !address && one.isSession() && one.cookie().domain().isPresent());
        if (!wide.isEmpty()) {
            return Verdict.warn("Session cookie for a whole domain and every host below it: " + SeenCookie.names(wide))
                    .evidence(CookieCheck.evidence(wide));
        }
        return Verdict.pass("No session cookie is wider than its host, and prefixes keep their rules");
    }

    private static boolean breaksItsPrefix(SeenCookie one) {
        SetCookie cookie = one.cookie();
        boolean secure = cookie.secure() && !one.overHttp();
        if (cookie.hasPrefix("__Host-")) {
            return !secure
                    || cookie.domain().isPresent()
                    || !cookie.path().map("/"::equals).orElse(false);
        }
        return cookie.hasPrefix("__Secure-") && !secure;
    }
}
