package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;

/**
 * Checks that session cookies have HttpOnly, so that scripts cannot read them. CSRF cookies are exempt, because the
 * double-submit pattern requires script access.
 */
final class HttpOnlyCheck implements CookieCheck {
    private static final Definition DEFINITION = Definition.of(
                    "cookies.http-only", "HttpOnly Flag", Category.COOKIES, 4)
            .describe("Session cookies have the HttpOnly attribute, so that injected scripts cannot read them.")
            .remedy(Remediation.of("Add HttpOnly to every session cookie.")
                    .nginx(
                            "# in the proxied location; replace JSESSIONID by the name of your session cookie\nproxy_cookie_flags JSESSIONID httponly;")
                    .apache(CookieCheck.apache(
                            "edit Set-Cookie \"(?i)^((?=[^=]*sess)(?!.*;\\s*HttpOnly).*)$\" \"$1; HttpOnly\""))
                    .with("Spring Boot", "server.servlet.session.cookie.http-only=true"))
            .references(
                    "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#httponly-attribute",
                    "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(CookieJar jar, Observations seen) {
        List<SeenCookie> sessions = jar.those(SeenCookie::isSession);
        if (sessions.isEmpty()) {
            return Verdict.pass("None of the " + jar.size() + " cookies looks like a session cookie");
        }
        List<SeenCookie> missing =
                sessions.stream().filter(one -> !one.cookie().httpOnly()).toList();
        return missing.isEmpty()
                ? Verdict.pass("All session cookies have HttpOnly: " + SeenCookie.names(sessions))
                        .evidence(CookieCheck.evidence(sessions))
                : Verdict.fail("Session cookie without HttpOnly: " + SeenCookie.names(missing))
                        .evidence(CookieCheck.evidence(missing));
    }
}
