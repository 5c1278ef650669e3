package dev.websentry.server.error;

import dev.websentry.server.database.DatabaseOutages;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;

/**
 * Maps exceptions that filters, the container and controllers have in common to an {@link ApiException}. An exception
 * that is not listed here is a bug: it is mapped to status 500 with a message that contains no details.
 */
final class ExceptionMapper {
    /** An outage of the database takes at least this long, such as the restart of its server. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    static final String REJECTED = "The URL, a header or a parameter contains characters that are not allowed";

    private ExceptionMapper() {}

    static ApiException toApiException(Exception failure) {
        ApiException known = knownCause(failure);
        if (known != null) {
            return known;
        }
        return failure instanceof ErrorResponse response
                ? forStatus(response.getStatusCode().value())
                : forStatus(ErrorCode.INTERNAL.status());
    }

    /** Returns the error of a failure that has a known cause, whatever exception Spring has wrapped the cause in. */
    static @Nullable ApiException knownCause(Throwable failure) {
        if (DatabaseOutages.isOutage(failure)) {
            return ApiException.busy("The database of this server is not available. Try again later.", RETRY_AFTER);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException ours) {
                return ours;
            }
            if (cause instanceof RequestRejectedException) {
                return ApiException.invalidRequest(REJECTED);
            }
            if (cause instanceof SocketTimeoutException) {
                return forStatus(ErrorCode.REQUEST_TIMEOUT.status());
            }
            if (cause instanceof BadRequestException) {
                return ApiException.invalidRequest("The request body is incomplete or malformed; send it again");
            }
        }
        return null;
    }

    static final String JSON_EXPECTED = "The body must be JSON, sent with Content-Type: application/json";

    /** Returns the error for a status that Spring or Tomcat has set. */
    static ApiException forStatus(int status) {
        ErrorCode code = ErrorCode.forStatus(status);
        return switch (code) {
            case NOT_FOUND -> ApiException.notFound("Not found");
            case UNAUTHORIZED -> ApiException.unauthorized("Unauthorized");
            case FORBIDDEN, FORBIDDEN_PLAN -> ApiException.of(ErrorCode.FORBIDDEN, "Forbidden");
            case METHOD_NOT_ALLOWED -> ApiException.methodNotAllowed("Method not allowed", "");
            case NOT_ACCEPTABLE -> ApiException.of(code, "This endpoint only returns application/json");
            case REQUEST_TIMEOUT -> ApiException.of(code, "The request arrived too slowly");
            case NOT_IMPLEMENTED -> ApiException.of(code, "This server does not support the method");
            case TOO_LARGE -> ApiException.of(code, "The request is too large");
            case UNSUPPORTED_MEDIA_TYPE -> ApiException.of(code, JSON_EXPECTED);
            case INTERNAL, BUSY, RATE_LIMITED -> ApiException.of(ErrorCode.INTERNAL, "Internal server error");
            default -> ApiException.invalidRequest("Bad request");
        };
    }
}
