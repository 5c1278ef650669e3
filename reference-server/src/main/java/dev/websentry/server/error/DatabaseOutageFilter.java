package dev.websentry.server.error;

import dev.websentry.server.database.DatabaseOutages;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Responds with 503 if a filter cannot use the database, as those that read sessions and API keys. {@link
 * ApiExceptionHandler} does so for controllers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class DatabaseOutageFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException failure) {
            if (!DatabaseOutages.isOutage(failure) || response.isCommitted()) {
                throw failure;
            }
            ApiException error = ExceptionMapper.toApiException(failure);
            RequestFailureLog.log(request.getMethod(), request.getRequestURI(), error, failure);
            ErrorResponseWriter.sendError(request, response, error);
        }
    }
}
