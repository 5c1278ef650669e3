package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;

/** Scripts cannot read a session cookie. CSRF cookies are exempt: double-submit needs script access. */
final class HttpOnlyCheck implements CookieCheck {
    private static final Definition DEFINITION = Definition.of(
                    "cookies.http-only", "HttpOnly Flag", Category.COOKIES, 4)
            .describe("Session cookies carry HttpOnly, so that an injected script cannot carry them off.")
            .remedy(Remediation.of("Add HttpOnly to every session cookie.")
                    .nginx(
                            "# in the proxied location; name your session cookie\nproxy_cookie_flags JSESSIONID httponly;")
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
            return Verdict.pass("None of the " + jar.size() + " cookies looks like a session's");
        }
        List<SeenCookie> lacking =
                sessions.stream().filter(one -> !one.cookie().httpOnly()).toList();
        return lacking.isEmpty()
                ? Verdict.pass("All session cookies carry HttpOnly: " + SeenCookie.names(sessions))
                        .evidence(CookieCheck.evidence(sessions))
                : Verdict.fail("Session cookie without HttpOnly: " + SeenCookie.names(lacking))
                        .evidence(CookieCheck.evidence(lacking));
    }
}
