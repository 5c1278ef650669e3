package dev.websentry.engine.observation;

import java.util.function.Function;

/**
 * An observation of a probe: a value, or unknown with a reason. The absence of something that a probe looked for is a
 * value, not unknown.
 *
 * @param <T> the type of the value
 */
public sealed interface Observation<T> {

    /**
     * An observed value.
     *
     * @param value the value
     */
    record Seen<T>(T value) implements Observation<T> {}

    /**
     * A value that could not be observed.
     *
     * @param reason why not; a phrase that follows "Not checked: "
     */
    record Unknown<T>(String reason) implements Observation<T> {}

    /** Returns an observed value. */
    static <T> Observation<T> seen(T value) {
        return new Seen<>(value);
    }

    /** Returns an unknown value with a reason. */
    static <T> Observation<T> unknown(String reason) {
        return new Unknown<>(reason);
    }

    /**
     * Returns the value, for a check that requires it.
     *
     * @return the observed value
     * @throws UnobservedException when the value is unknown; the check catalog turns it into NOT_CHECKED, so
     *     checks must not catch it
     */
    default T value() {
        if (this instanceof Seen<T> seen) {
            return seen.value();
        }
        throw new UnobservedException(((Unknown<T>) this).reason());
    }

    /** Returns whether the value is known. */
    default boolean isSeen() {
        return this instanceof Seen<T>;
    }

    /** Applies a function to the value, if it is known. */
    default <R> Observation<R> map(Function<T, R> function) {
        if (this instanceof Seen<T> seen) {
            return seen(function.apply(seen.value()));
        }
        return unknown(((Unknown<T>) this).reason());
    }
}
