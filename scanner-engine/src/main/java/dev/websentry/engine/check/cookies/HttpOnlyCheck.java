package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;

/** Whether scripts can read session cookies. */
final class HttpOnlyCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "cookies.http-only", "HttpOnly Flag", Category.COOKIES, 4)
            .describe("Every session cookie is HttpOnly, so an injected script cannot steal it.")
            .remedy(Remediation.of("Set every session cookie with the HttpOnly attribute."
                            + " A CSRF cookie that scripts must read for double submission may go without it.")
                    .nginx("""
                            # nginx 1.19.3 or newer; name your session cookie
                            proxy_cookie_flags SESSIONID httponly secure;""")
                    .apache("""
                            # mod_headers; name your session cookie
                            Header always edit Set-Cookie "^(SESSIONID=(?:(?!;\\s*[Hh]ttp[Oo]nly).)*)$" "$1; HttpOnly"
                            Header edit Set-Cookie "^(SESSIONID=(?:(?!;\\s*[Hh]ttp[Oo]nly).)*)$" "$1; HttpOnly\"""")
                    .with("Spring Boot application.properties", """
                            server.servlet.session.cookie.http-only=true
                            # for cookies of your own: ResponseCookie.from(name, value).httpOnly(true).build()"""))
            .references(
                    "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.2.6",
                    "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        SeenCookies cookies = SeenCookies.of(seen);
        return cookies.withoutCookies().orElseGet(() -> judge(cookies));
    }

    private static Verdict judge(SeenCookies cookies) {
        List<SeenCookie> sessions = cookies.where(cookie -> cookie.role() == SeenCookie.Role.SESSION);
        List<SeenCookie> readable =
                sessions.stream().filter(cookie -> !cookie.cookie().httpOnly()).toList();
        if (!readable.isEmpty()) {
            return Verdict.fail("Scripts can read a session cookie, it lacks HttpOnly: " + SeenCookies.names(readable))
                    .evidence(SeenCookies.evidence(readable));
        }
        return sessions.isEmpty()
                ? Verdict.pass("None of " + cookies.all().size() + " cookies is a session cookie by its name")
                        .evidence(SeenCookies.evidence(cookies.all()))
                : Verdict.pass("All session cookies are HttpOnly: " + SeenCookies.names(sessions))
                        .evidence(SeenCookies.evidence(sessions));
    }
}
