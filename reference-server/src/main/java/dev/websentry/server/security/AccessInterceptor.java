package dev.websentry.server.security;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorAnswers;
import dev.websentry.server.answer.ErrorCode;
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

/** Asks, before a controller's method runs, whether it is open to this caller, and whether the body is one that it takes. */
@Component
final class AccessInterceptor implements HandlerInterceptor {
    private final Callers callers;

    AccessInterceptor(Callers callers) {
        this.callers = callers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && !isFrameworks(method)) {
            requireAccess(method, request);
            if (ErrorAnswers.isApi(request)) {
                requireJson(request);
            } else if (request.getDispatcherType() == DispatcherType.REQUEST
                    && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
                // Made now: a page that has begun to go out can no longer set its cookie.
                token.getToken();
            }
        }
        return true;
    }

    /**
     * The framework's own answers: to OPTIONS, which names the methods of a path and nothing else, and to what went wrong on
     * the management port.
     */
    private static boolean isFrameworks(HandlerMethod method) {
        String home = method.getBeanType().getPackageName();
        return home.startsWith("org.springframework.web.servlet.mvc")
                || home.equals("org.springframework.boot.webmvc.autoconfigure.actuate.web");
    }

    private void requireAccess(HandlerMethod method, HttpServletRequest request) {
        AllowedTo allowed = method.getMethodAnnotation(AllowedTo.class);
        if (allowed == null) {
            throw new IllegalStateException(method + " does not say who may use it: add @AllowedTo");
        }
        switch (allowed.value()) {
            case ANYONE -> {}
            case ACCOUNT -> {
                if (callers.of(request) instanceof Caller.Anonymous) {
                    throw ApiException.unauthorized("An API key is needed, or a session: log in first");
                }
            }
            case SESSION -> session(request);
            case ADMIN -> {
                if (!session(request).owner().admin()) {
                    throw ApiException.of(ErrorCode.FORBIDDEN, "This is for administrators alone");
                }
            }
        }
    }

    private Caller.SessionAccount session(HttpServletRequest request) {
        Caller caller = callers.of(request);
        if (caller instanceof Caller.SessionAccount session) {
            return session;
        }
        throw ApiException.unauthorized(
                caller instanceof Caller.KeyAccount
                        ? "An API key is not enough here: log in and send the session cookie"
                        : "Not logged in");
    }

    /** A form's types can be sent by any site's page without asking; JSON cannot (the Fetch standard, "CORS-safelisted"). */
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
