package dev.websentry.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * Stores the CSRF token of forms in a cookie, so that visitors who are not logged in need no session. Over https the
 * name of the cookie begins with {@code __Host-}.
 */
final class SchemeAwareCsrfTokenRepository implements CsrfTokenRepository {
    private final CsrfTokenRepository secure = named("__Host-csrf");
    private final CsrfTokenRepository plain = named("csrf");

    private static CsrfTokenRepository named(String cookie) {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(cookie);
        tokens.setCookiePath("/");
        tokens.setCookieCustomizer(attributes -> attributes.sameSite("Lax"));
        return tokens;
    }

    private CsrfTokenRepository of(HttpServletRequest request) {
        return request.isSecure() ? secure : plain;
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return of(request).generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        of(request).saveToken(token, request, response);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return of(request).loadToken(request);
    }
}
