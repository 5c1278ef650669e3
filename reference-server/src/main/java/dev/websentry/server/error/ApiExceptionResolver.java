package dev.websentry.server.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Converts exceptions from controllers and their argument resolution to error responses, before Spring's own resolvers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ApiExceptionResolver implements HandlerExceptionResolver {
    private static final Logger LOG = LoggerFactory.getLogger(ApiExceptionResolver.class);

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        ApiException error = ExceptionMapper.toApiException(failure);
        RequestFailureLog.log(request.getMethod(), request.getRequestURI(), error, failure);
        try {
            if (!response.isCommitted()) {
                ErrorResponseWriter.sendError(request, response, error);
            }
        } catch (IOException e) {
            LOG.debug("The client closed the connection before the error response was sent", e);
        }
        return new ModelAndView();
    }
}
