package dev.websentry.engine.syntax.dns;

import java.util.ArrayList;
import java.util.List;

/** Domain names as strings: lower case, no trailing dot. Whole labels are compared, never substrings. */
public final class DomainName {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private DomainName() {}

    /** The name itself and every name above it but the root, nearest first. */
    public static List<String> upward(String name) {
        List<String> names = new ArrayList<>();
        String rest = name;
        while (true) {
            names.add(rest);
            int dot = rest.indexOf('.');
            if (dot < 0) {
                return names;
            }
            rest = rest.substring(dot + 1);
        }
    }

    public static int labels(String name) {
        return name.split("\\.", -1).length;
    }

    /** Whether {@code name} is {@code parent} or below it. */
    public static boolean isWithin(String name, String parent) {
        return name.equals(parent) || name.endsWith("." + parent);
    }

    /** Whether a resolver could be asked for it (RFC 1035 section 2.3.4). */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL) {
                return false;
            }
        }
        return true;
    }
}
