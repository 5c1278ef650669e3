package dev.websentry.server.answer;

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

/** Every exception on the way to, in or out of a controller ends here, before Spring's own handlers see it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ErrorResolver implements HandlerExceptionResolver {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorResolver.class);

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        ApiException answer = ErrorTranslation.of(failure);
        if (answer.code() == ErrorCode.INTERNAL) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        }
        try {
            if (!response.isCommitted()) {
                ErrorAnswers.fail(request, response, answer);
            }
        } catch (IOException e) {
            LOG.debug("The caller has gone", e);
        }
        return new ModelAndView();
    }
}
