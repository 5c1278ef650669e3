package dev.websentry.engine.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Texts in which the shape is left, and nothing else. */
final class Masks {
    private static final Set<String> COOKIE_ATTRIBUTES =
            Set.of("domain", "path", "secure", "httponly", "samesite", "expires", "max-age", "priority", "partitioned");

    private Masks() {}

    /**
     * Every character but blanks and control characters as an x for each of its octets: browsers trim blanks, refuse control
     * characters, and count a cookie's octets.
     */
    static String all(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c <= 0x20 || c == 0x7f) {
                masked.appendCodePoint(c);
            } else {
                masked.append("x".repeat(Character.toString(c).getBytes(StandardCharsets.UTF_8).length));
            }
        });
        return masked.toString();
    }

    /** A Set-Cookie line without the cookie's value, and without attributes that are none, which may be half of one. */
    static String cookie(String line) {
        List<String> parts = Arrays.asList(line.split(";", -1));
        List<String> kept = new ArrayList<>();
        int equals = parts.get(0).indexOf('=');
        kept.add(parts.get(0).substring(0, equals + 1) + all(parts.get(0).substring(equals + 1)));
        for (String part : parts.subList(1, parts.size())) {
            String name = part.split("=", 2)[0].strip().toLowerCase(Locale.ROOT);
            kept.add(COOKIE_ATTRIBUTES.contains(name) ? part : all(part));
        }
        return String.join(";", kept);
    }
}
