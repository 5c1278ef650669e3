package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import java.util.List;

/** Checks that cookies are sent only over HTTPS. */
final class CookieSecureCheck implements CookieCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "cookies.secure", "Secure Flag", CheckCategory.COOKIES, 6)
            .description(
                    "Every cookie has the Secure attribute and is set over HTTPS, so that it is never sent over plain HTTP.")
            .remediation(Remediation.of("Add Secure to every cookie, and set cookies only in HTTPS responses.")
                    .nginx("# in the proxied location, nginx 1.19.3 or newer\nproxy_cookie_flags ~ secure;")
                    .apache(CookieCheck.apacheHeaderEdit(
                            "edit Set-Cookie \"(?i)^((?!.*;\\s*Secure).*)$\" \"$1; Secure\""))
                    .withConfig("Spring Boot", "server.servlet.session.cookie.secure=true")
                    .caddy("# in reverse_proxy\nheader_down Set-Cookie ^(.*)$ \"$1; Secure\"")
                    .haproxy("http-response replace-header Set-Cookie '^(.*)$' '\\1; Secure'"))
            .references(
                    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.2.5",
                    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#secure")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(CookieJar jar, ScanObservations seen) {
        List<StoredCookie> overHttp = jar.matching(StoredCookie::isSetOverHttp);
        if (!overHttp.isEmpty()) {
            return CheckVerdict.fail("Set over plain HTTP, readable by anyone on the network path: "
                            + StoredCookie.names(overHttp))
                    .evidence(CookieCheck.evidence(overHttp));
        }
        List<StoredCookie> missing =
                jar.matching(seenCookie -> !seenCookie.cookie().secure());
        if (missing.isEmpty()) {
            return CheckVerdict.pass(
                    jar.isSingle() ? "The only cookie has Secure" : "All " + jar.size() + " cookies have Secure");
        }
        List<StoredCookie> sensitive =
                missing.stream().filter(StoredCookie::isSensitive).toList();
        if (!sensitive.isEmpty()) {
            return CheckVerdict.fail("Session or CSRF cookie without Secure: " + StoredCookie.names(sensitive))
                    .evidence(CookieCheck.evidence(missing));
        }
        String found = "Without Secure: " + StoredCookie.names(missing);
        return (CookieJar.isHstsInEffect(seen)
                        ? CheckVerdict.warn(found + "; HSTS currently keeps browsers on HTTPS")
                        : CheckVerdict.fail(found + ", and no HSTS policy keeps browsers on HTTPS"))
                .evidence(CookieCheck.evidence(missing));
    }
}
