package dev.websentry.server.security;

import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.error.ErrorResponseWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Reads the API key of a request. Any value of the Authorization header of an API request is treated as a key. */
final class ApiKeyAuthenticationConverter implements AuthenticationConverter {
    private static final String HEADER = "X-API-Key";
    private static final String BEARER = "bearer ";

    /** Returns true if an API request has credentials. Such a request has no session, even with a session cookie. */
    static boolean hasCredentials(HttpServletRequest request) {
        return ErrorResponseWriter.isApi(request)
                && (request.getHeader("Authorization") != null || request.getHeader(HEADER) != null);
    }

    @Override
    public Authentication convert(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        String text = authorization != null ? authorization : String.valueOf(request.getHeader(HEADER));
        // The scheme is case-insensitive (RFC 9110 section 11.1).
        boolean bearer = text.toLowerCase(Locale.ROOT).startsWith(BEARER);
        return new PresentedApiKey(
                (bearer ? text.substring(BEARER.length()) : text).strip(), new ClientAddress(request.getRemoteAddr()));
    }

    /** An API key that was not verified yet. */
    static final class PresentedApiKey extends AbstractAuthenticationToken {
        private static final long serialVersionUID = 1;

        private final String key;
        private final transient ClientAddress address;

        PresentedApiKey(String key, ClientAddress address) {
            super(List.of());
            this.key = key;
            this.address = address;
        }

        @Override
        public String getCredentials() {
            return key;
        }

        /** Returns a fixed text, because the owner of the key is not known yet. */
        @Override
        public String getPrincipal() {
            return "API key";
        }

        ClientAddress address() {
            return address;
        }
    }
}
