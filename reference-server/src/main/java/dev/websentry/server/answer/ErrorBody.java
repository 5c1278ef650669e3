package dev.websentry.server.answer;

/**
 * The body of every error.
 *
 * @param ok always false
 * @param error what was wrong, for people
 * @param code the same for programs
 */
public record ErrorBody(boolean ok, String error, String code) {
    static ErrorBody of(ApiException failure) {
        return new ErrorBody(false, failure.text(), failure.code().wire());
    }
}
