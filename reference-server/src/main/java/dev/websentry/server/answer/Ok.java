package dev.websentry.server.answer;

/**
 * The answer of what has nothing else to say.
 *
 * @param ok always true
 */
public record Ok(boolean ok) {
    public static final Ok OK = new Ok(true);
}
