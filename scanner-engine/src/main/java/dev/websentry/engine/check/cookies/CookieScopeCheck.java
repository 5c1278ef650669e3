package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.SetCookie;
import java.util.List;

/**
 * Checks that session cookies are sent only to their host, and that cookies with a name prefix meet the requirements
 * of the prefix.
 */
final class CookieScopeCheck implements CookieCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "cookies.scope", "Cookie Prefix and Scope", CheckCategory.COOKIES, 1)
            .description(
                    "Session cookies are sent only to their host, and cookies with a __Host- or __Secure- prefix meet its requirements.")
            .remediation(Remediation.of(
                            "Omit Domain from session cookies, and set __Host- cookies with Secure, Path=/ and without Domain.")
                    .nginx("""
                            # in the proxied location: replaces Domain=example.com by the requested host;
                            # it is better to remove Domain in the application
                            proxy_cookie_domain example.com $host;""")
                    .apache(CookieCheck.apacheHeaderEdit("edit Set-Cookie \"(?i);\\s*Domain=[^;]*\" \"\""))
                    .withConfig("Spring Boot", """
                            server.servlet.session.cookie.name=__Host-session
                            server.servlet.session.cookie.secure=true
                            server.servlet.session.cookie.path=/"""))
            .references("https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(CookieJar jar, ScanObservations seen) {
        List<StoredCookie> violating = jar.matching(CookieScopeCheck::violatesPrefix);
        if (!violating.isEmpty()) {
            return CheckVerdict.fail("Violates the requirements of its name prefix, so browsers reject it: "
                            + StoredCookie.names(violating))
                    .evidence(CookieCheck.evidence(violating));
        }
        // An IP address has no subdomains: a Domain that equals the address does not extend the scope.
        boolean ipAddress = seen.target().host().isIpAddress();
        List<StoredCookie> wide = jar.matching(
                one -> !ipAddress && one.isSession() && one.cookie().domain().isPresent());
        if (!wide.isEmpty()) {
            return CheckVerdict.warn(
                            "Session cookie with Domain, sent to all hosts of the domain: " + StoredCookie.names(wide))
                    .evidence(CookieCheck.evidence(wide));
        }
        return CheckVerdict.pass(
                "Session cookies are sent only to their host, and name prefixes meet their requirements");
    }

    private static boolean violatesPrefix(StoredCookie one) {
        SetCookie cookie = one.cookie();
        boolean secure = cookie.secure() && !one.isSetOverHttp();
        if (cookie.hasPrefix("__Host-")) {
            return !secure
                    || cookie.domain().isPresent()
                    || !cookie.path().map("/"::equals).orElse(false);
        }
        return cookie.hasPrefix("__Secure-") && !secure;
    }
}
