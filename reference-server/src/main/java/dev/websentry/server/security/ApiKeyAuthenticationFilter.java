package dev.websentry.server.security;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.error.ErrorResponseWriter;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.key.ApiKeyService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates requests with an API key. A request with an invalid key is rejected: treating it as anonymous or using
 * a session would hide from the client that its key is no longer valid.
 */
final class ApiKeyAuthenticationFilter extends OncePerRequestFilter {
    private static final String HEADER = "X-API-Key";
    private static final String BEARER = "bearer ";

    private final ApiKeyRepository keys;

    ApiKeyAuthenticationFilter(ApiKeyRepository keys) {
        this.keys = keys;
    }

    /**
     * Returns true if an API request has credentials. Any value of the Authorization header is treated as an API key.
     */
    static boolean hasCredentials(HttpServletRequest request) {
        return ErrorResponseWriter.isApi(request)
                && (request.getHeader("Authorization") != null || request.getHeader(HEADER) != null);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            CallerResolver.remember(request, caller(request));
        } catch (ApiException refused) {
            ErrorResponseWriter.sendError(request, response, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    private Caller caller(HttpServletRequest request) {
        ApiKeyRepository.AuthenticatedApiKey key = keys.authenticate(presented(request))
                .orElseThrow(() -> ApiException.unauthorized("The API key is invalid or was revoked"));
        Account owner = key.owner();
        if (owner.disabled()) {
            throw ApiException.of(
                    ErrorCode.FORBIDDEN, "This account is disabled. Contact the administrator of the server.");
        }
        ApiKeyService.requirePlan(owner.plan());
        return new Caller.ApiKeyCaller(owner, key.keyId(), new ClientAddress(request.getRemoteAddr()));
    }

    private static String presented(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        String text = authorization != null ? authorization : String.valueOf(request.getHeader(HEADER));
        // The scheme is case-insensitive (RFC 9110 section 11.1).
        boolean bearer = text.toLowerCase(Locale.ROOT).startsWith(BEARER);
        return (bearer ? text.substring(BEARER.length()) : text).strip();
    }
}
