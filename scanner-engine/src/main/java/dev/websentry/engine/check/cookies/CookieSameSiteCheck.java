package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks that browsers do not send session and CSRF cookies with cross-site requests. */
final class CookieSameSiteCheck implements CookieCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "cookies.same-site", "SameSite Flag", CheckCategory.COOKIES, 4)
            .description(
                    "Session and CSRF cookies set SameSite=Lax or SameSite=Strict; cookies with SameSite=None also set Secure.")
            .remediation(Remediation.of("Set SameSite=Lax or SameSite=Strict on session and CSRF cookies.")
                    .nginx("# in the proxied location, nginx 1.19.3 or newer\nproxy_cookie_flags ~ samesite=lax;")
                    .apache(CookieCheck.apacheHeaderEdit(
                            "edit Set-Cookie \"(?i)^((?!.*;\\s*SameSite).*)$\" \"$1; SameSite=Lax\""))
                    .withConfig("Spring Boot", "server.servlet.session.cookie.same-site=lax")
                    .caddy("# in reverse_proxy; replace JSESSIONID by the name of your session cookie\n"
                            + "header_down Set-Cookie ^(JSESSIONID=.*)$ \"$1; SameSite=Lax\"")
                    .haproxy("# replace JSESSIONID by the name of your session cookie\n"
                            + "http-response replace-header Set-Cookie '^(JSESSIONID=.*)$' '\\1; SameSite=Lax'"))
            .references(
                    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6.7",
                    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#samesitesamesite-value")
            .build();
    private static final Set<String> KNOWN = Set.of("lax", "strict", "none");

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(CookieJar jar, ScanObservations seen) {
        List<StoredCookie> unknown =
                jar.matching(one -> one.cookie().sameSite().isPresent() && !KNOWN.contains(sameSite(one)));
        if (!unknown.isEmpty()) {
            return finding(
                    CheckVerdict.fail("SameSite value that browsers do not know: " + StoredCookie.names(unknown)),
                    unknown);
        }
        List<StoredCookie> rejected = jar.matching(
                one -> sameSite(one).equals("none") && !one.cookie().secure());
        if (!rejected.isEmpty()) {
            return finding(
                    CheckVerdict.fail(
                            "SameSite=None without Secure, which browsers reject: " + StoredCookie.names(rejected)),
                    rejected);
        }
        List<StoredCookie> crossSite =
                jar.matching(one -> one.isSensitive() && sameSite(one).equals("none"));
        if (!crossSite.isEmpty()) {
            return finding(
                    CheckVerdict.warn("Session or CSRF cookie with SameSite=None, sent with cross-site requests: "
                            + StoredCookie.names(crossSite)),
                    crossSite);
        }
        List<StoredCookie> absent = jar.matching(one -> sameSite(one).isEmpty());
        List<StoredCookie> sensitive =
                absent.stream().filter(StoredCookie::isSensitive).toList();
        if (!sensitive.isEmpty()) {
            return finding(
                    CheckVerdict.warn("Session or CSRF cookie without SameSite, so the browser's default applies: "
                            + StoredCookie.names(sensitive)),
                    sensitive);
        }
        List<StoredCookie> others = jar.matching(
                one -> sameSite(one).equals("none") || sameSite(one).isEmpty());
        return others.isEmpty() ? allSet(jar) : sensitiveSet(jar, others);
    }

    private static CheckVerdict allSet(CookieJar jar) {
        return CheckVerdict.pass(
                jar.isSingle()
                        ? "The only cookie sets SameSite=Lax or SameSite=Strict"
                        : "All " + jar.size() + " cookies set SameSite=Lax or SameSite=Strict");
    }

    /** @param others the cookies that cross-site requests may carry */
    private static CheckVerdict sensitiveSet(CookieJar jar, List<StoredCookie> others) {
        String sensitive = jar.matching(StoredCookie::isSensitive).isEmpty()
                ? "No session or CSRF cookie requires SameSite"
                : "Session and CSRF cookies set SameSite=Lax or SameSite=Strict";
        return finding(
                CheckVerdict.pass(sensitive + "; it is not required on other cookies: " + StoredCookie.names(others)),
                others);
    }

    private static CheckVerdict finding(CheckVerdict verdict, List<StoredCookie> cookies) {
        return verdict.evidence(CookieCheck.evidence(cookies));
    }

    /** Returns the SameSite value in lower case; empty if the attribute is missing. */
    private static String sameSite(StoredCookie one) {
        return one.cookie().sameSite().orElse("").toLowerCase(Locale.ROOT);
    }
}
