package dev.websentry.engine.syntax.dns;

import java.util.ArrayList;
import java.util.List;

/** Utility methods for domain names as strings in lower case without the trailing dot. They compare whole labels. */
public final class DomainNames {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL_LENGTH = 63;

    private DomainNames() {}

    /** Returns the name itself and all its parent domains, nearest first, without the root. */
    public static List<String> selfAndParents(String name) {
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

    /** Returns the number of labels. */
    public static int labelCount(String name) {
        return name.split("\\.", -1).length;
    }

    /** Returns whether {@code name} equals {@code parent} or is a subdomain of it. */
    public static boolean isSameOrSubdomain(String name, String parent) {
        return name.equals(parent) || name.endsWith("." + parent);
    }

    /** Returns whether a resolver can be queried for the name: no empty or too long label (RFC 1035 section 2.3.4). */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > MAX_LABEL_LENGTH) {
                return false;
            }
        }
        return true;
    }
}
