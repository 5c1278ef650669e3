package io.jenkins.plugins.websentry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists as people write them: in a script as a list, in a form as lines. */
final class LineSplitter {
    private LineSplitter() {}

    /** One element a line or comma; a list that Jenkins can store. */
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

    /** For a form's text area. */
    static String join(@Nullable List<String> values) {
        return values == null ? "" : String.join("\n", values);
    }
}
