package dev.websentry.engine.syntax;

/** A number with its noun, for texts: 1 cookie, 2 cookies. */
public final class Quantity {
    private Quantity() {}

    /** Returns the number and the noun, with an s unless the number is 1. */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** Returns the number and the form of the noun that fits. */
    public static String of(long count, String singular, String plural) {
        return count + " " + (count == 1 ? singular : plural);
    }
}
