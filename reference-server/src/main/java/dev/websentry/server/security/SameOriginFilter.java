package dev.websentry.server.security;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.error.ErrorResponseWriter;
import dev.websentry.server.log.ForeignText;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects state-changing requests from pages of other origins. Every current browser sends the {@code Origin} or
 * {@code Sec-Fetch-Site} header with such requests. Other clients send neither and are allowed.
 */
final class SameOriginFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> ALLOWED_SITES = Set.of("same-origin", "none");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String refusal = SAFE.contains(request.getMethod()) ? null : refusal(request);
        if (refusal != null) {
            ErrorResponseWriter.sendError(request, response, ApiException.of(ErrorCode.FORBIDDEN, refusal));
            return;
        }
        chain.doFilter(request, response);
    }

    private static @Nullable String refusal(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !ALLOWED_SITES.contains(site)) {
            return "Cross-site requests are not allowed (Sec-Fetch-Site: " + ForeignText.escape(site) + ")";
        }
        String sent = request.getHeader("Origin");
        WebOrigin own = WebOrigin.of(request);
        if (sent != null && !own.equals(WebOrigin.parse(sent))) {
            return "Cross-origin requests are not allowed (Origin: " + ForeignText.escape(sent) + ", expected " + own
                    + "); if the server has another public address, set websentry.public-url";
        }
        return null;
    }
}
