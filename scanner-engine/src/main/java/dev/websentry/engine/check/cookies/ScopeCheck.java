package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.SetCookie;
import java.util.List;
import java.util.Optional;

/** Whether cookies keep to their host, and to the promises of their names. */
final class ScopeCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "cookies.scope", "Cookie Prefix and Scope", Category.COOKIES, 1)
            .describe("Session cookies belong to their host alone, and __Host- and __Secure- names keep their rules.")
            .remedy(Remediation.of("Leave the Domain attribute out of session cookies and give them a __Host- name."
                            + " __Host- demands Secure, Path=/ and no Domain; __Secure- demands Secure;"
                            + " browsers drop a cookie that breaks its prefix's rule.")
                    .nginx("""
                            # nginx cannot take a Domain out: remove it where the application sets the cookie.
                            # What else __Host- needs (nginx 1.19.3 or newer):
                            proxy_cookie_path ~^/.* /;
                            proxy_cookie_flags ~ secure;""")
                    .apache("""
                            # mod_headers
                            Header always edit* Set-Cookie "(?i);\\s*domain=[^;]*" ""
                            Header edit* Set-Cookie "(?i);\\s*domain=[^;]*" "\"""")
                    .with("Spring Boot application.properties", """
                            server.servlet.session.cookie.name=__Host-SESSION
                            server.servlet.session.cookie.path=/
                            server.servlet.session.cookie.secure=true
                            # and no server.servlet.session.cookie.domain"""))
            .references("https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        SeenCookies cookies = SeenCookies.of(seen);
        return cookies.withoutCookies()
                .orElseGet(() -> judge(cookies, seen.target().host().isAddress()));
    }

    private static Verdict judge(SeenCookies cookies, boolean address) {
        List<SeenCookie> broken = cookies.where(cookie -> brokenPrefix(cookie).isPresent());
        if (!broken.isEmpty()) {
            SeenCookie first = broken.get(0);
            return Verdict.fail(SeenCookies.names(List.of(first)) + " breaks its prefix's rule, browsers drop it: "
                            + brokenPrefix(first).orElse(""))
                    .evidence(SeenCookies.evidence(broken));
        }
        // An address has no subdomains: a Domain that names it widens nothing.
        List<SeenCookie> wide = cookies.where(cookie -> !address
                && cookie.role() == SeenCookie.Role.SESSION
                && cookie.cookie().domain().isPresent());
        if (!wide.isEmpty()) {
            return Verdict.warn("Domain sends a session cookie to every subdomain: " + SeenCookies.names(wide))
                    .evidence(SeenCookies.evidence(wide));
        }
        return Verdict.pass("Prefixes are honoured, no session cookie is wider than its host")
                .evidence(SeenCookies.evidence(cookies.all()));
    }

    /** RFC 6265bis section 4.1.3, in the words of the rule that is broken. */
    private static Optional<String> brokenPrefix(SeenCookie seen) {
        SetCookie cookie = seen.cookie();
        boolean host = cookie.hasPrefix("__Host-");
        if (!host && !cookie.hasPrefix("__Secure-")) {
            return Optional.empty();
        }
        if (!cookie.secure()) {
            return Optional.of("no Secure");
        }
        if (seen.overHttp()) {
            return Optional.of("set over plain http");
        }
        if (host && cookie.domain().isPresent()) {
            return Optional.of("it has a Domain");
        }
        return host && !cookie.path().equals(Optional.of("/")) ? Optional.of("its Path is not /") : Optional.empty();
    }
}
