package dev.websentry.server.error;

import dev.websentry.server.database.DatabaseOutages;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Maps exceptions of Spring and Tomcat to an {@link ApiException}. An exception that is not listed here is a bug: it is
 * mapped to status 500 with a message that contains no details.
 */
final class ExceptionMapper {
    /** An outage of the database takes at least this long, such as the restart of its server. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    static final String REJECTED = "The URL, a header or a parameter contains characters that are not allowed";

    private ExceptionMapper() {}

    static ApiException toApiException(Exception failure) {
        ApiException wrapped = findApiException(failure);
        if (wrapped != null) {
            return wrapped;
        }
        if (DatabaseOutages.isOutage(failure)) {
            return ApiException.busy("The database of this server is not available. Try again later.", RETRY_AFTER);
        }
        if (failure instanceof RequestRejectedException) {
            return ApiException.invalidRequest(REJECTED);
        }
        if (failure instanceof SocketTimeoutException) {
            return forStatus(ErrorCode.REQUEST_TIMEOUT.status());
        }
        if (isIncompleteBody(failure)) {
            return ApiException.invalidRequest("The request body is incomplete or malformed; send it again");
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return ApiException.invalidRequest(unreadable(unreadable));
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            String[] supported = method.getSupportedMethods();
            String allow =
                    supported == null ? "" : Arrays.stream(supported).sorted().collect(Collectors.joining(", "));
            return ApiException.methodNotAllowed(
                    "Method " + method.getMethod() + " is not allowed; use " + allow, allow);
        }
        if (failure instanceof HttpMediaTypeNotSupportedException) {
            return ApiException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, JSON_EXPECTED);
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return ApiException.invalidRequest("The parameter '" + missing.getParameterName() + "' is missing");
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return ApiException.invalidRequest("The parameter '" + mismatch.getName() + "' has an invalid value");
        }
        if (failure instanceof ErrorResponse response) {
            return forStatus(response.getStatusCode().value());
        }
        return forStatus(500);
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

    /**
     * Finds an {@link ApiException} that the constructor of a request body or its stream has thrown and Spring has
     * wrapped.
     */
    private static @Nullable ApiException findApiException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException found) {
                return found;
            }
        }
        return null;
    }

    /** Returns whether the request body was malformed chunked data or the client disconnected. */
    private static boolean isIncompleteBody(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadRequestException) {
                return true;
            }
        }
        return false;
    }

    private static String unreadable(HttpMessageNotReadableException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            String field = mismatch.getPath().stream()
                    .map(JacksonException.Reference::getPropertyName)
                    .map(String::valueOf)
                    .collect(Collectors.joining("."));
            return "The field '" + field + "' has the wrong type";
        }
        if (cause instanceof MismatchedInputException) {
            return "The body must be a JSON object";
        }
        return cause instanceof JacksonException ? "The body is not valid JSON" : "The body is missing";
    }
}
