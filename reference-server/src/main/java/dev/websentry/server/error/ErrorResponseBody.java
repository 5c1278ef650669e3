package dev.websentry.server.error;

/**
 * The JSON body of an error response.
 *
 * @param ok always false
 * @param error message for people
 * @param code machine-readable error code
 */
public record ErrorResponseBody(boolean ok, String error, String code) {
    static ErrorResponseBody of(ApiException failure) {
        return new ErrorResponseBody(false, failure.text(), failure.code().wireName());
    }
}
