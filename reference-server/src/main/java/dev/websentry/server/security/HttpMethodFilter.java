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
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Responds with 501 to methods that no resource of this server supports (RFC 9110 section 15.6.2). A method that only
 * this resource does not support is responded to with 405 and an Allow header later.
 */
final class HttpMethodFilter extends OncePerRequestFilter {
    private static final Set<String> SUPPORTED = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SUPPORTED.contains(request.getMethod())) {
            chain.doFilter(request, response);
        } else {
            ErrorResponseWriter.write(
                    response,
                    ApiException.of(
                            ErrorCode.NOT_IMPLEMENTED,
                            "This server does not support the method " + ForeignText.escape(request.getMethod())
                                    + "; methods are case-sensitive"));
        }
    }
}
