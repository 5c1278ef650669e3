package io.jenkins.plugins.websentry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Splits and joins lists: a script has a list or one text with commas, a form has lines. */
final class LineSplitter {
    private LineSplitter() {}

    /** Splits texts at lines and commas; returns a list that Jenkins can store. */
    static List<String> split(@Nullable List<String> values) {
        List<String> parts = new ArrayList<>();
        if (values != null) {
            values.stream()
                    .flatMap(value -> Stream.of(value.split("[\\r\\n,]+")))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .forEach(parts::add);
        }
        return parts;
    }

    /** Joins a list for a text area. */
    static String join(@Nullable List<String> values) {
        return values == null ? "" : String.join("\n", values);
    }
}
