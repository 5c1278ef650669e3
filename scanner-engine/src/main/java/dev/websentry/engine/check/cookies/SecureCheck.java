package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import java.util.List;

/** Whether cookies ever travel in clear. */
final class SecureCheck implements Check {
    private static final Definition DEFINITION = Definition.of("cookies.secure", "Secure Flag", Category.COOKIES, 6)
            .describe("Every cookie is set over https with the Secure attribute, so it never travels in clear.")
            .remedy(Remediation.of("Set every cookie over https and with the Secure attribute."
                            + " Plain http should answer with nothing but a redirect to https.")
                    .nginx("""
                            # nginx 1.19.3 or newer, in the server block that proxies the application
                            proxy_cookie_flags ~ secure;""")
                    .apache("""
                            # mod_headers; for a cookie that does not carry the attribute yet
                            Header always edit Set-Cookie "(?i)^((?:(?!;\\s*secure).)*)$" "$1; Secure"
                            Header edit Set-Cookie "(?i)^((?:(?!;\\s*secure).)*)$" "$1; Secure\"""")
                    .with("Spring Boot application.properties", """
                            server.servlet.session.cookie.secure=true
                            # for cookies of your own: ResponseCookie.from(name, value).secure(true).build()"""))
            .references(
                    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.2.5",
                    "https://developer.mozilla.org/en-US/docs/Web/Security/Practical_implementation_guides/Cookies")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        SeenCookies cookies = SeenCookies.of(seen);
        return cookies.withoutCookies().orElseGet(() -> judge(cookies, seen));
    }

    private static Verdict judge(SeenCookies cookies, Observations seen) {
        List<SeenCookie> overHttp = cookies.where(SeenCookie::overHttp);
        List<SeenCookie> insecure = cookies.where(cookie -> !cookie.cookie().secure());
        List<SeenCookie> sensitive =
                cookies.where(cookie -> cookie.isSensitive() && !cookie.cookie().secure());
        if (!overHttp.isEmpty()) {
            return Verdict.fail("Set over plain http, readable to anyone on the way: " + SeenCookies.names(overHttp))
                    .evidence(SeenCookies.evidence(overHttp));
        }
        if (!sensitive.isEmpty()) {
            return Verdict.fail("Without Secure, a session or CSRF cookie: " + SeenCookies.names(sensitive))
                    .evidence(SeenCookies.evidence(sensitive));
        }
        if (insecure.isEmpty()) {
            return Verdict.pass("All " + cookies.all().size() + " cookies are Secure")
                    .evidence(SeenCookies.evidence(cookies.all()));
        }
        String names = SeenCookies.names(insecure);
        return (hstsHolds(seen)
                        ? Verdict.warn("Without Secure, but HSTS keeps browsers on https: " + names)
                        : Verdict.fail("Without Secure, and no HSTS keeps browsers on https: " + names))
                .evidence(SeenCookies.evidence(insecure));
    }

    /** A policy counts from the requested host, over a certificate that browsers accept (RFC 6797 section 8.1). */
    private static boolean hstsHolds(Observations seen) {
        return seen.site().entry().value().hops().stream()
                .filter(hop -> hop.url().isHttps()
                        && hop.url().host().equals(seen.target().host().ascii()))
                .findFirst()
                .flatMap(Exchange::response)
                .filter(response ->
                        response.tls().isPresent() && response.tls().get().trusted())
                .flatMap(response -> response.headers().first("Strict-Transport-Security"))
                .flatMap(StrictTransportSecurity::parse)
                .filter(policy -> policy.maxAge() > 0)
                .isPresent();
    }
}
