package dev.websentry.engine.syntax;

import java.util.ArrayList;
import java.util.List;

/** A field value as a list, by the Fetch standard's "get, decode, and split". */
public final class ListValue {
    private ListValue() {}

    /** Splits on the commas outside of quoted strings and strips blanks and tabs; empty members stay. */
    public static List<String> split(String value) {
        List<String> members = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                members.add(value.substring(start, i).strip());
                start = i + 1;
            }
        }
        members.add(value.substring(Math.min(start, value.length())).strip());
        return members;
    }

    /** The same over several lines of one field, in their order. */
    public static List<String> split(List<String> lines) {
        return lines.isEmpty() ? List.of() : split(String.join(", ", lines));
    }
}
