package dev.websentry.server.error;

import java.time.Duration;
import java.util.Map;

/**
 * Thrown when a request fails. The message is sent to the caller: it states the problem and what to do, and never
 * contains a secret. {@link ErrorResponseWriter} converts the exception to the error response.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient Map<String, String> headers;

    private ApiException(ErrorCode code, String message, Map<String, String> headers) {
        // No stack trace: the exception is a response, not a bug, and must stay cheap if a client sends many bad
        // requests.
        super(message, null, false, false);
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    /** Creates an exception with an error code and a message for the caller. */
    public static ApiException of(ErrorCode code, String message) {
        return new ApiException(code, message, Map.of());
    }

    /** Creates an exception for an invalid request: status 400. */
    public static ApiException invalidRequest(String message) {
        return of(ErrorCode.INVALID_REQUEST, message);
    }

    /**
     * Creates an exception for a missing or invalid API key or session: status 401. RFC 9110 section 11.6.1 requires a
     * challenge; the scheme is not a registered one, so that browsers do not ask for a password.
     */
    public static ApiException unauthorized(String message) {
        return new ApiException(ErrorCode.UNAUTHORIZED, message, Map.of("WWW-Authenticate", "ApiKey"));
    }

    /** Creates an exception for a request whose account was deleted after the request was authenticated: status 401. */
    public static ApiException accountDeleted() {
        return unauthorized("This account was deleted, together with its sessions and API keys");
    }

    /** Creates an exception for a feature that the account's plan does not include: status 403. */
    public static ApiException forbiddenPlan(String message) {
        return of(ErrorCode.FORBIDDEN_PLAN, message);
    }

    /** Creates an exception for a missing resource: status 404. */
    public static ApiException notFound(String message) {
        return of(ErrorCode.NOT_FOUND, message);
    }

    /**
     * Creates an exception for an exceeded rate limit: status 429.
     *
     * @param retryAfter time until the next request can succeed
     */
    public static ApiException rateLimited(String message, Duration retryAfter) {
        return new ApiException(ErrorCode.RATE_LIMITED, message, retryAfter(retryAfter));
    }

    /**
     * Creates an exception for an overloaded server: status 503.
     *
     * @param retryAfter time until the next request may succeed
     */
    public static ApiException busy(String message, Duration retryAfter) {
        return new ApiException(ErrorCode.BUSY, message, retryAfter(retryAfter));
    }

    /**
     * Creates an exception for an unsupported HTTP method: status 405.
     *
     * @param allow value of the Allow header; empty if unknown
     */
    static ApiException methodNotAllowed(String message, String allow) {
        return new ApiException(
                ErrorCode.METHOD_NOT_ALLOWED, message, allow.isEmpty() ? Map.of() : Map.of("Allow", allow));
    }

    private static Map<String, String> retryAfter(Duration wait) {
        // Whole seconds (RFC 9110 section 10.2.3), rounded up so that the client does not retry too early.
        return Map.of(
                "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    public ErrorCode code() {
        return code;
    }

    public int status() {
        return code.status();
    }

    /** Returns additional headers of the error response. */
    Map<String, String> headers() {
        return headers;
    }

    /** Returns the message for the caller, which is never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
