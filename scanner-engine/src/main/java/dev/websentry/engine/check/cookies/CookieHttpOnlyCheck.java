package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import java.util.List;

/**
 * Checks that session cookies have HttpOnly, so that scripts cannot read them. CSRF cookies are exempt, because the
 * double-submit pattern requires script access.
 */
final class CookieHttpOnlyCheck implements CookieCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "cookies.http-only", "HttpOnly Flag", CheckCategory.COOKIES, 4)
            .description("Session cookies have the HttpOnly attribute, so that injected scripts cannot read them.")
            .remediation(Remediation.of("Add HttpOnly to every session cookie.")
                    .nginx(
                            "# in the proxied location; replace JSESSIONID by the name of your session cookie\nproxy_cookie_flags JSESSIONID httponly;")
                    .apache(CookieCheck.apacheHeaderEdit(
                            "edit Set-Cookie \"(?i)^((?=[^=]*sess)(?!.*;\\s*HttpOnly).*)$\" \"$1; HttpOnly\""))
                    .withConfig("Spring Boot", "server.servlet.session.cookie.http-only=true")
                    .caddy("# in reverse_proxy; replace JSESSIONID by the name of your session cookie\n"
                            + "header_down Set-Cookie ^(JSESSIONID=.*)$ \"$1; HttpOnly\"")
                    .haproxy("# replace JSESSIONID by the name of your session cookie\n"
                            + "http-response replace-header Set-Cookie '^(JSESSIONID=.*)$' '\\1; HttpOnly'"))
            .references(
                    "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#httponly-attribute",
                    "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(CookieJar jar, ScanObservations seen) {
        List<StoredCookie> sessions = jar.matching(StoredCookie::isSession);
        if (sessions.isEmpty()) {
            return CheckVerdict.pass(
                    jar.isSingle()
                            ? "The only cookie does not look like a session cookie"
                            : "None of the " + jar.size() + " cookies looks like a session cookie");
        }
        List<StoredCookie> missing =
                sessions.stream().filter(one -> !one.cookie().httpOnly()).toList();
        return missing.isEmpty()
                ? CheckVerdict.pass("All session cookies have HttpOnly: " + StoredCookie.names(sessions))
                        .evidence(CookieCheck.evidence(sessions))
                : CheckVerdict.fail("Session cookie without HttpOnly: " + StoredCookie.names(missing))
                        .evidence(CookieCheck.evidence(missing));
    }
}
