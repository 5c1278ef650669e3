package dev.websentry.engine.syntax;

import java.util.ArrayList;
import java.util.List;

/** Splits header values into list members, as "get, decode, and split" in the Fetch standard does. */
public final class HeaderListValue {
    private HeaderListValue() {}

    /**
     * Splits a field value at commas outside of quoted strings.
     *
     * @param value the field value
     * @return the members without surrounding whitespace; empty members are included
     */
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
                members.add(trimmed(value.substring(start, i)));
                start = i + 1;
            }
        }
        members.add(trimmed(value.substring(Math.min(start, value.length()))));
        return members;
    }

    /**
     * Splits the combined value of several lines of one field.
     *
     * @param lines values of the lines, in order
     * @return the members; empty if there are no lines
     */
    public static List<String> split(List<String> lines) {
        return lines.isEmpty() ? List.of() : split(String.join(", ", lines));
    }

    /** Removes spaces and tabs only, as the Fetch standard does; other control characters are part of the value. */
    private static String trimmed(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isTabOrSpace(value.charAt(start))) {
            start++;
        }
        while (end > start && isTabOrSpace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isTabOrSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
