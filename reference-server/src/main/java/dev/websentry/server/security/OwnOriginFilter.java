package dev.websentry.server.security;

import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorAnswers;
import dev.websentry.server.answer.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shuts out other sites' pages from everything that changes something. Every browser in use sends at least one of the two
 * headers with such a request; a program with a cookie sends neither and is let through.
 */
final class OwnOriginFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String refusal = SAFE.contains(request.getMethod()) ? null : refusal(request);
        if (refusal != null) {
            ErrorAnswers.fail(request, response, ApiException.of(ErrorCode.FORBIDDEN, refusal));
            return;
        }
        chain.doFilter(request, response);
    }

    private static @Nullable String refusal(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            return "Requests from other sites' pages are not taken (Sec-Fetch-Site: " + printable(site) + ")";
        }
        String sent = request.getHeader("Origin");
        Origin own = new Origin(request.getScheme(), request.getServerName(), request.getServerPort());
        if (sent != null && !own.equals(Origin.parse(sent))) {
            return "Requests from other sites' pages are not taken (Origin: " + printable(sent) + "; this server is "
                    + own + ", or what websentry.public-url says)";
        }
        return null;
    }

    private static String printable(String header) {
        String plain = header.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 200 ? plain.substring(0, 200) : plain;
    }
}
