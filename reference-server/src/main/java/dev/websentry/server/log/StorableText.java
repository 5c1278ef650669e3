package dev.websentry.server.log;

/**
 * Text that both databases can store: PostgreSQL rejects NUL, and neither can encode an unpaired surrogate in UTF-8.
 */
public final class StorableText {
    private StorableText() {}

    /** Returns whether a text contains neither NUL nor an unpaired surrogate. */
    public static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(character -> character == 0 || Character.getType(character) == Character.SURROGATE);
    }
}
