package dev.websentry.engine.observe;

import dev.websentry.engine.syntax.Header;
import java.util.List;
import java.util.Optional;

/** A response's header field lines in the order they came, none folded. */
public record Headers(List<Header> lines) {
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        lines = List.copyOf(lines);
    }

    /** The values of every line of that name, without regard to case, in order. */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The lines of that name joined by comma and blank, as RFC 9110 section 5.3 allows for list fields. */
    public Optional<String> joined(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }
}
