package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;

/** Checks that cookies are sent only over HTTPS. */
final class SecureCheck implements CookieCheck {
    private static final Definition DEFINITION = Definition.of("cookies.secure", "Secure Flag", Category.COOKIES, 6)
            .describe(
                    "Every cookie has the Secure attribute and is set over HTTPS, so that it is never sent over plain HTTP.")
            .remedy(Remediation.of("Add Secure to every cookie, and set cookies only in HTTPS responses.")
                    .nginx("# in the proxied location, nginx 1.19.3 or newer\nproxy_cookie_flags ~ secure;")
                    .apache(CookieCheck.apache("edit Set-Cookie \"(?i)^((?!.*;\\s*Secure).*)$\" \"$1; Secure\""))
                    .with("Spring Boot", "server.servlet.session.cookie.secure=true"))
            .references(
                    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.2.5",
                    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#secure")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(CookieJar jar, Observations seen) {
        List<SeenCookie> overHttp = jar.those(SeenCookie::overHttp);
        if (!overHttp.isEmpty()) {
            return Verdict.fail("Set over plain HTTP, readable by anyone on the network path: "
                            + SeenCookie.names(overHttp))
                    .evidence(CookieCheck.evidence(overHttp));
        }
        List<SeenCookie> missing = jar.those(seenCookie -> !seenCookie.cookie().secure());
        if (missing.isEmpty()) {
            return Verdict.pass("All " + jar.size() + " cookies have Secure");
        }
        List<SeenCookie> sensitive =
                missing.stream().filter(SeenCookie::isSensitive).toList();
        if (!sensitive.isEmpty()) {
            return Verdict.fail("Session or CSRF cookie without Secure: " + SeenCookie.names(sensitive))
                    .evidence(CookieCheck.evidence(missing));
        }
        String found = "Without Secure: " + SeenCookie.names(missing);
        return (CookieJar.hstsHolds(seen)
                        ? Verdict.warn(found + "; HSTS currently keeps browsers on HTTPS")
                        : Verdict.fail(found + ", and no HSTS policy keeps browsers on HTTPS"))
                .evidence(CookieCheck.evidence(missing));
    }
}
