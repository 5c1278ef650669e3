package dev.websentry.engine.observation;

import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Optional;

/**
 * The header lines of a response, in their original order. Lines with the same name are not combined.
 *
 * @param lines the header lines
 */
public record ResponseHeaders(List<Header> lines) {
    /** No header lines. */
    public static final ResponseHeaders NONE = new ResponseHeaders(List.of());

    public ResponseHeaders {
        lines = List.copyOf(lines);
    }

    /**
     * Returns the values of all lines with a name.
     *
     * @param name the header name, case-insensitive
     * @return the values, in order
     */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** Returns the value of the first line with a name, if there is one. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /**
     * Returns the values of all lines with a name, joined by a comma and a space, as RFC 9110 section 5.3 allows for
     * list-based fields.
     *
     * @param name the header name, case-insensitive
     * @return the combined value; empty if there is no such line
     */
    public Optional<String> joined(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** Returns whether there is a line with a name. */
    public boolean has(String name) {
        return first(name).isPresent();
    }
}
