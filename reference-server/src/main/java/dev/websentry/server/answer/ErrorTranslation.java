package dev.websentry.server.answer;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What the framework's exceptions mean to a caller. What is not listed is a bug: status 500, nothing of it told. */
final class ErrorTranslation {
    private ErrorTranslation() {}

    static ApiException of(Exception failure) {
        ApiException ours = within(failure);
        if (ours != null) {
            return ours;
        }
        if (isBrokenOff(failure)) {
            return ApiException.invalid("The body could not be read to its end");
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return ApiException.invalid(unreadable(unreadable));
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            String[] supported = method.getSupportedMethods();
            String allow =
                    supported == null ? "" : Arrays.stream(supported).sorted().collect(Collectors.joining(", "));
            return ApiException.methodNotAllowed(
                    "Method " + method.getMethod() + " is not allowed here; allowed: " + allow, allow);
        }
        if (failure instanceof HttpMediaTypeNotSupportedException) {
            return ApiException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, JSON_EXPECTED);
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return ApiException.invalid("The parameter '" + missing.getParameterName() + "' is missing");
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return ApiException.invalid("The parameter '" + mismatch.getName() + "' is not of the expected form");
        }
        if (failure instanceof ErrorResponse response) {
            return ofStatus(response.getStatusCode().value());
        }
        return ofStatus(500);
    }

    static final String JSON_EXPECTED = "The body must be JSON, sent with Content-Type: application/json";

    /** For a status that some layer below us chose. */
    static ApiException ofStatus(int status) {
        ErrorCode code = ErrorCode.of(status);
        return switch (code) {
            case NOT_FOUND -> ApiException.notFound("Not found");
            case UNAUTHORIZED -> ApiException.unauthorized("Unauthorized");
            case FORBIDDEN, FORBIDDEN_PLAN -> ApiException.of(ErrorCode.FORBIDDEN, "Forbidden");
            case METHOD_NOT_ALLOWED -> ApiException.methodNotAllowed("Method not allowed", "");
            case NOT_ACCEPTABLE -> ApiException.of(code, "Only application/json is answered here");
            case TOO_LARGE -> ApiException.of(code, "The request is too large");
            case UNSUPPORTED_MEDIA_TYPE -> ApiException.of(code, JSON_EXPECTED);
            case INTERNAL, BUSY, RATE_LIMITED -> ApiException.of(ErrorCode.INTERNAL, "Internal server error");
            default -> ApiException.invalid("Bad request");
        };
    }

    /** A body's constructor or stream may have refused it in our own words, wrapped on the way here. */
    private static @Nullable ApiException within(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException ours) {
                return ours;
            }
        }
        return null;
    }

    /** Chunks that are none, or a caller that has gone. */
    private static boolean isBrokenOff(Throwable failure) {
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
            return "The field '" + field + "' is not of the expected type";
        }
        if (cause instanceof MismatchedInputException) {
            return "The body must be a JSON object";
        }
        return cause instanceof JacksonException ? "The body is not valid JSON" : "The body is missing";
    }
}
