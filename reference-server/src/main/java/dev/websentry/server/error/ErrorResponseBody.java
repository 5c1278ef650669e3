package dev.websentry.server.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of an error response.
 *
 * @param ok always false
 * @param error message for people
 * @param code machine-readable error code
 * @param reason a reason that is more exact than the code; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorResponseBody(
        boolean ok, String error, String code, @Nullable String reason) {
    static ErrorResponseBody of(ApiException failure) {
        return new ErrorResponseBody(
                false,
                failure.text(),
                failure.code().wireName(),
                failure.code().reason().orElse(null));
    }
}
