package dev.websentry.engine.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Masks secret text but preserves its structure and its length in octets, because checks depend on both. */
final class TextMask {
    private static final Set<String> COOKIE_ATTRIBUTES =
            Set.of("domain", "path", "secure", "httponly", "samesite", "expires", "max-age", "priority", "partitioned");

    private TextMask() {}

    /**
     * Replaces every character except spaces and control characters by one {@code x} per UTF-8 octet. Browsers trim
     * spaces, reject control characters, and limit a cookie by its octets.
     */
    static String mask(String text) {
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

    /**
     * Masks the value of a {@code Set-Cookie} field. Unknown attributes are masked too, since they may be a part of a
     * value that contains a semicolon.
     */
    static String maskSetCookie(String line) {
        List<String> parts = Arrays.asList(line.split(";", -1));
        List<String> kept = new ArrayList<>();
        int equals = parts.get(0).indexOf('=');
        kept.add(parts.get(0).substring(0, equals + 1) + mask(parts.get(0).substring(equals + 1)));
        for (String part : parts.subList(1, parts.size())) {
            String name = part.split("=", 2)[0].strip().toLowerCase(Locale.ROOT);
            kept.add(COOKIE_ATTRIBUTES.contains(name) ? part : mask(part));
        }
        return String.join(";", kept);
    }
}
