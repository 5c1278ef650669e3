package dev.websentry.server.error;

/**
 * The JSON body of a successful response without further fields.
 *
 * @param ok always true
 */
public record SuccessResponse(boolean ok) {
    public static final SuccessResponse OK = new SuccessResponse(true);
}
