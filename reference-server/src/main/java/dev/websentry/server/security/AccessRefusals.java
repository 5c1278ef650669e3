package dev.websentry.server.security;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.error.ErrorResponseWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Responds to requests that Spring Security has refused with the errors of the API or an error page. */
final class AccessRefusals implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler {
    private static final String NOT_LOGGED_IN = "Not logged in";

    /** Responds to a request with an API key that is not accepted. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        ErrorResponseWriter.sendError(request, response, keyRefusal(failure));
    }

    private static ApiException keyRefusal(AuthenticationException failure) {
        if (failure.getCause() instanceof ApiException refused) {
            return refused;
        }
        String message = String.valueOf(failure.getMessage());
        return failure instanceof DisabledException
                ? ApiException.of(ErrorCode.FORBIDDEN, message)
                : ApiException.unauthorized(message);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        ErrorResponseWriter.sendError(request, response, ApiException.unauthorized(NOT_LOGGED_IN));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        ErrorResponseWriter.sendError(request, response, refusal(request, denied));
    }

    private static ApiException refusal(HttpServletRequest request, AccessDeniedException denied) {
        if (denied instanceof CsrfException) {
            return ApiException.of(
                    ErrorCode.FORBIDDEN, "The form has expired or was sent by another site; reload the page");
        }
        if (request.getUserPrincipal() instanceof Caller.SessionCaller) {
            return ApiException.of(ErrorCode.FORBIDDEN, "Only administrators have access");
        }
        if (request.getUserPrincipal() instanceof Caller.ApiKeyCaller) {
            return ApiException.unauthorized(
                    "This endpoint does not accept API keys; log in and send the session cookie");
        }
        return ApiException.unauthorized(
                acceptsKeys(denied) ? "Authentication is required; log in or send an API key" : NOT_LOGGED_IN);
    }

    private static boolean acceptsKeys(AccessDeniedException denied) {
        return denied instanceof AuthorizationDeniedException refused
                && refused.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
                && decision.getAuthorities().stream()
                        .anyMatch(required -> AccessLevel.ACCOUNT.name().equals(required.getAuthority()));
    }
}
