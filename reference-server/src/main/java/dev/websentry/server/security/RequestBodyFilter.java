package dev.websentry.server.security;

import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.error.ErrorResponseWriter;
import jakarta.servlet.DispatcherType;
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
 * Receives the body of a request completely before the request gets a thread, so that slow bodies hold no thread: the
 * servlet container calls a {@link BodyReceiver} when data arrives, and dispatches the request when the body is
 * complete. A body that is too large, too slow or one of too many is rejected. See ADR 72.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class RequestBodyFilter extends OncePerRequestFilter {
    static final int MAX_BYTES = 64 * 1024;

    /** The attribute with the received body, a {@code byte[]}, or the reason of its rejection. */
    static final String BODY = RequestBodyFilter.class.getName() + ".body";

    private final PendingBodies pending;

    RequestBodyFilter(PendingBodies pending) {
        this.pending = pending;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Object body = request.getAttribute(BODY);
        if (body instanceof byte[] bytes) {
            chain.doFilter(new BufferedBodyRequest(request, bytes), response);
        } else if (body instanceof ApiException rejected) {
            // The rest of the body is not read, so the connection cannot be used again.
            response.setHeader("Connection", "close");
            ErrorResponseWriter.sendError(request, response, rejected);
        } else if (request.getContentLengthLong() > MAX_BYTES) {
            ErrorResponseWriter.sendError(request, response, tooLarge());
        } else if (request.getDispatcherType() == DispatcherType.REQUEST && hasBody(request)) {
            pending.receive(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    static ApiException tooLarge() {
        return ApiException.of(
                ErrorCode.TOO_LARGE, "The request body is too large; the maximum is " + MAX_BYTES + " bytes");
    }
}
