package dev.websentry.server.answer;

/**
 * The JSON body of a successful response without further fields.
 *
 * @param ok always true
 */
public record Ok(boolean ok) {
    public static final Ok OK = new Ok(true);
}
