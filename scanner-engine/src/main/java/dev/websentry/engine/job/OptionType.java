package dev.websentry.engine.job;

import java.util.List;

/**
 * The type of an option.
 *
 * @param kind the kind of its values
 * @param min the minimum of a number
 * @param max the maximum of a number
 * @param defaultValue the value that applies if the option is not set; empty if there is none
 */
public record OptionType(OptionKind kind, int min, int max, String defaultValue) {
    public OptionType {
        if (min > max) {
            throw new IllegalArgumentException("the range " + min + " to " + max + " is empty");
        }
    }

    static OptionType of(OptionKind kind) {
        return new OptionType(kind, 0, 0, "");
    }

    OptionType withDefault(String value) {
        return new OptionType(kind, min, max, value);
    }

    /** Returns the default as the values of the option; empty if there is none. */
    List<String> defaultValues() {
        if (defaultValue.isEmpty()) {
            return List.of();
        }
        return kind == OptionKind.LIST ? List.of(defaultValue.split(",", -1)) : List.of(defaultValue);
    }
}
