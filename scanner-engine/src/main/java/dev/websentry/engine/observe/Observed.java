package dev.websentry.engine.observe;

import java.util.function.Function;

/**
 * Something a probe went to look at: seen, or unknown for a reason. That a thing was looked for and is absent is a seen
 * value of its own, never unknown.
 */
public sealed interface Observed<T> {

    record Seen<T>(T value) implements Observed<T> {}

    /** @param reason a phrase that reads well after "Not checked: " */
    record Unknown<T>(String reason) implements Observed<T> {}

    static <T> Observed<T> seen(T value) {
        return new Seen<>(value);
    }

    static <T> Observed<T> unknown(String reason) {
        return new Unknown<>(reason);
    }

    /**
     * The value, for a check that cannot judge without it.
     *
     * @throws UnknownObservation when it is unknown; the catalogue turns that into NOT_CHECKED, so checks never catch it
     */
    default T value() {
        if (this instanceof Seen<T> seen) {
            return seen.value();
        }
        throw new UnknownObservation(((Unknown<T>) this).reason());
    }

    default boolean isSeen() {
        return this instanceof Seen<T>;
    }

    default <R> Observed<R> map(Function<T, R> function) {
        if (this instanceof Seen<T> seen) {
            return seen(function.apply(seen.value()));
        }
        return unknown(((Unknown<T>) this).reason());
    }
}
