package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.SetCookie;
import java.util.List;

/**
 * Checks that session cookies are sent only to their host, and that cookies with a name prefix meet the requirements
 * of the prefix.
 */
final class ScopeCheck implements CookieCheck {
    private static final Definition DEFINITION = Definition.of(
                    "cookies.scope", "Cookie Prefix and Scope", Category.COOKIES, 1)
            .describe(
                    "Session cookies are sent only to their host, and cookies with a __Host- or __Secure- prefix meet its requirements.")
            .remedy(Remediation.of(
                            "Omit Domain from session cookies, and set __Host- cookies with Secure, Path=/ and without Domain.")
                    .nginx("""
                            # in the proxied location: replaces Domain=example.com by the requested host;
                            # it is better to remove Domain in the application
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
        List<SeenCookie> violating = jar.those(ScopeCheck::violatesPrefix);
        if (!violating.isEmpty()) {
            return Verdict.fail("Violates the requirements of its name prefix, so browsers reject it: "
                            + SeenCookie.names(violating))
                    .evidence(CookieCheck.evidence(violating));
        }
        // An IP address has no subdomains: a Domain that equals the address does not extend the scope.
        boolean ipAddress = seen.target().host().isAddress();
        List<SeenCookie> wide = jar.those(
                one -> !ipAddress && one.isSession() && one.cookie().domain().isPresent());
        if (!wide.isEmpty()) {
            return Verdict.warn(
                            "Session cookie with Domain, sent to all hosts of the domain: " + SeenCookie.names(wide))
                    .evidence(CookieCheck.evidence(wide));
        }
        return Verdict.pass("Session cookies are sent only to their host, and name prefixes meet their requirements");
    }

    private static boolean violatesPrefix(SeenCookie one) {
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
