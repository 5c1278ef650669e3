package dev.websentry.server.security;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.error.ErrorResponseWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Checks before each controller method whether the caller may use it and whether the request body is JSON. */
@Component
final class AuthorizationInterceptor implements HandlerInterceptor {
    private static final String ERROR_PATH = "/error";

    private final CallerResolver callers;

    AuthorizationInterceptor(CallerResolver callers) {
        this.callers = callers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST && ERROR_PATH.equals(request.getRequestURI())) {
            // Only the container dispatches to it. Without this, OPTIONS would list all methods.
            throw ApiException.notFound("Not found");
        }
        if (handler instanceof HandlerMethod method && !isFrameworkHandler(method)) {
            requireAccess(method, request);
            if (ErrorResponseWriter.isApi(request)) {
                requireJson(request);
            } else if (request.getDispatcherType() == DispatcherType.REQUEST
                    && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
                // Creates the token before the response is committed, because its cookie cannot be set later.
                token.getToken();
            }
        }
        return true;
    }

    /**
     * Returns true for handlers of the framework: for OPTIONS requests, which only list the methods of a path, and for
     * errors on the management port.
     */
    private static boolean isFrameworkHandler(HandlerMethod method) {
        String packageName = method.getBeanType().getPackageName();
        return packageName.startsWith("org.springframework.web.servlet.mvc")
                || packageName.equals("org.springframework.boot.webmvc.autoconfigure.actuate.web");
    }

    private void requireAccess(HandlerMethod method, HttpServletRequest request) {
        RequiresAccess allowed = method.getMethodAnnotation(RequiresAccess.class);
        if (allowed == null) {
            throw new IllegalStateException(method + " has no access rule; add @AllowedTo");
        }
        switch (allowed.value()) {
            case ANYONE -> {}
            case ACCOUNT -> {
                if (callers.resolve(request) instanceof Caller.AnonymousCaller) {
                    throw ApiException.unauthorized("Authentication is required; log in or send an API key");
                }
            }
            case SESSION -> requireSession(request);
            case ADMIN -> {
                if (!requireSession(request).owner().admin()) {
                    throw ApiException.of(ErrorCode.FORBIDDEN, "Only administrators have access");
                }
            }
        }
    }

    private Caller.SessionCaller requireSession(HttpServletRequest request) {
        Caller caller = callers.resolve(request);
        if (caller instanceof Caller.SessionCaller session) {
            return session;
        }
        throw ApiException.unauthorized(
                caller instanceof Caller.ApiKeyCaller
                        ? "This endpoint does not accept API keys; log in and send the session cookie"
                        : "Not logged in");
    }

    /**
     * Rejects bodies that are not JSON. Pages of other sites can send the content types of forms without a CORS
     * preflight, but not JSON (Fetch standard, "CORS-safelisted request-header").
     */
    private static void requireJson(HttpServletRequest request) {
        boolean body = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (body && !isJson(request.getContentType())) {
            throw ApiException.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be JSON, sent with Content-Type: application/json");
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        try {
            return contentType != null
                    && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
