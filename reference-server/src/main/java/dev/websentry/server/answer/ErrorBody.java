package dev.websentry.server.answer;

/**
 * The JSON body of an error response.
 *
 * @param ok always false
 * @param error message for people
 * @param code machine-readable error code
 */
public record ErrorBody(boolean ok, String error, String code) {
    static ErrorBody of(ApiException failure) {
        return new ErrorBody(false, failure.text(), failure.code().wire());
    }
}
