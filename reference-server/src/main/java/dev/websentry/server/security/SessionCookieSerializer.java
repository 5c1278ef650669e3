package dev.websentry.server.security;

import dev.websentry.server.log.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * Reads and writes the session cookie. Over https its name begins with {@code __Host-}, so that neither a subdomain nor
 * an unencrypted connection can set it (RFC 6265bis section 4.1.3.2). A request with an API key has no session.
 */
final class SessionCookieSerializer implements CookieSerializer {
    private final CookieSerializer secure;
    private final CookieSerializer plain;

    SessionCookieSerializer(int lifetimeSeconds) {
        secure = named("__Host-session", true, lifetimeSeconds);
        plain = named("session", false, lifetimeSeconds);
    }

    private static CookieSerializer named(String name, boolean secure, int lifetimeSeconds) {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(name);
        cookie.setUseSecureCookie(secure);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        cookie.setCookiePath("/");
        cookie.setCookieMaxAge(lifetimeSeconds);
        return cookie;
    }

    private CookieSerializer of(HttpServletRequest request) {
        return request.isSecure() ? secure : plain;
    }

    @Override
    public void writeCookieValue(CookieValue value) {
        of(value.getRequest()).writeCookieValue(value);
    }

    @Override
    public List<String> readCookieValues(HttpServletRequest request) {
        if (ApiKeyAuthenticationConverter.hasCredentials(request)) {
            return List.of();
        }
        return of(request).readCookieValues(request).stream()
                .filter(StorableText::isStorable)
                .toList();
    }
}
