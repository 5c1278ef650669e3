package dev.websentry.server.answer;

import java.time.Duration;
import java.util.Map;

/**
 * What a request fails with. Its message is shown to the caller, so it says what was wrong and what to do, and never
 * holds a secret. Thrown anywhere below a controller or filter; {@link ErrorAnswers} turns it into the answer.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient Map<String, String> headers;

    private ApiException(ErrorCode code, String message, Map<String, String> headers) {
        // No stack trace: it is an answer, not a bug, and a flood of bad requests must stay cheap.
        super(message, null, false, false);
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    public static ApiException of(ErrorCode code, String message) {
        return new ApiException(code, message, Map.of());
    }

    public static ApiException invalid(String message) {
        return of(ErrorCode.INVALID_REQUEST, message);
    }

    /** RFC 9110 section 11.6.1 wants the challenge; the name of the scheme is ours, so that no browser asks for a password. */
    public static ApiException unauthorized(String message) {
        return new ApiException(ErrorCode.UNAUTHORIZED, message, Map.of("WWW-Authenticate", "ApiKey"));
    }

    /** For what was let in while its account was still there. */
    public static ApiException accountGone() {
        return unauthorized("This account was deleted, and its sessions and keys with it");
    }

    public static ApiException forbiddenPlan(String message) {
        return of(ErrorCode.FORBIDDEN_PLAN, message);
    }

    public static ApiException notFound(String message) {
        return of(ErrorCode.NOT_FOUND, message);
    }

    public static ApiException rateLimited(String message, Duration retryAfter) {
        return new ApiException(ErrorCode.RATE_LIMITED, message, retryAfter(retryAfter));
    }

    public static ApiException busy(String message, Duration retryAfter) {
        return new ApiException(ErrorCode.BUSY, message, retryAfter(retryAfter));
    }

    static ApiException methodNotAllowed(String message, String allow) {
        return new ApiException(
                ErrorCode.METHOD_NOT_ALLOWED, message, allow.isEmpty() ? Map.of() : Map.of("Allow", allow));
    }

    private static Map<String, String> retryAfter(Duration wait) {
        // Whole seconds (RFC 9110 section 10.2.3), rounded up: nobody is told to come back too early.
        return Map.of(
                "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    public ErrorCode code() {
        return code;
    }

    public int status() {
        return code.status();
    }

    /** Headers that go with the answer. */
    Map<String, String> headers() {
        return headers;
    }

    /** The exception's message, which is always there. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
