package dev.websentry.engine.syntax;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code Set-Cookie} field as a browser parses it (RFC 6265bis section 5.6).
 *
 * <p>The value of the cookie is discarded: no check depends on it, and a discarded value cannot leak into a report.
 *
 * @param name name of the cookie; empty for a nameless cookie
 * @param domain Domain attribute in lower case, without a leading dot; empty for a host-only cookie
 * @param path Path attribute as sent; empty unless it starts with a slash
 * @param secure whether the Secure attribute is present
 * @param httpOnly whether the HttpOnly attribute is present
 * @param sameSite SameSite attribute as sent; empty if it has no value, which browsers treat as absent
 * @param expiry when the cookie expires; empty for a session cookie
 */
public record SetCookie(
        String name,
        Optional<String> domain,
        Optional<String> path,
        boolean secure,
        boolean httpOnly,
        Optional<String> sameSite,
        Optional<Instant> expiry) {

    /** Maximum length of name and value together, in octets (section 5.6, step 5). */
    private static final int MAX_OCTETS = 4096;
    /** Maximum length of an attribute value in octets. Longer values are ignored (section 5.6, attribute step 6). */
    private static final int MAX_ATTRIBUTE_OCTETS = 1024;

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
    /** Servers would read a nameless cookie with such a value as a cookie with a prefix (section 5.7). */
    private static final Pattern PREFIXED = Pattern.compile("__(?:Secure|Host)-", Pattern.CASE_INSENSITIVE);

    private static final Pattern DELTA = Pattern.compile("-?[0-9]+");

    /**
     * Parses a field value.
     *
     * @param line the field value
     * @param now time that Max-Age is relative to
     * @return the cookie; empty if a browser would ignore the whole field
     */
    public static Optional<SetCookie> parse(String line, Instant now) {
        if (CONTROL.matcher(line).find()) {
            return Optional.empty();
        }
        String[] parts = line.split(";", -1);
        int equals = parts[0].indexOf('=');
        String name = trim(parts[0].substring(0, Math.max(0, equals)));
        String value = trim(parts[0].substring(equals + 1));
        int octets = octets(name) + octets(value);
        if (octets == 0
                || octets > MAX_OCTETS
                || (name.isEmpty() && PREFIXED.matcher(value).lookingAt())) {
            return Optional.empty();
        }
        Map<String, String> attributes = attributes(parts);
        return Optional.of(new SetCookie(
                name,
                Optional.ofNullable(attributes.get("domain"))
                        .map(domain -> domain.startsWith(".") ? domain.substring(1) : domain)
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .filter(domain -> !domain.isEmpty()),
                Optional.ofNullable(attributes.get("path")).filter(path -> path.startsWith("/")),
                attributes.containsKey("secure"),
                attributes.containsKey("httponly"),
                Optional.ofNullable(attributes.get("samesite")).filter(mode -> !mode.isEmpty()),
                expiry(attributes, now)));
    }

    /**
     * Returns whether the name has a prefix of section 4.1.3. Browsers compare prefixes case-insensitively.
     *
     * @param prefix such as {@code __Host-}
     */
    public boolean hasPrefix(String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** Returns the name without a {@code __Host-} or {@code __Secure-} prefix. */
    public String nameWithoutPrefix() {
        if (hasPrefix("__Host-")) {
            return name.substring("__Host-".length());
        }
        return hasPrefix("__Secure-") ? name.substring("__Secure-".length()) : name;
    }

    /** Parses the attributes. If an attribute occurs more than once, the last valid one applies. */
    private static Map<String, String> attributes(String[] parts) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name =
                    trim(equals < 0 ? parts[i] : parts[i].substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : trim(parts[i].substring(equals + 1));
            if (octets(value) <= MAX_ATTRIBUTE_OCTETS && isValid(name, value)) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    /** Returns false for values whose attribute browsers ignore, so that it replaces no earlier one. */
    private static boolean isValid(String attribute, String value) {
        return switch (attribute) {
            case "max-age" -> DELTA.matcher(value).matches();
            case "expires" -> CookieDate.parse(value).isPresent();
            default -> true;
        };
    }

    /** Returns the expiry time. Max-Age takes precedence over Expires (section 5.7, step 7). */
    private static Optional<Instant> expiry(Map<String, String> attributes, Instant now) {
        String maxAge = attributes.get("max-age");
        if (maxAge != null) {
            // Ten digits cover three centuries; more could overflow.
            long seconds = maxAge.startsWith("-") ? 0 : Long.parseLong(firstDigits(maxAge));
            return Optional.of(seconds == 0 ? Instant.EPOCH : now.plusSeconds(seconds));
        }
        return Optional.ofNullable(attributes.get("expires")).flatMap(CookieDate::parse);
    }

    private static String firstDigits(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 10 ? "9999999999" : significant;
    }

    /** Trims spaces and tabs. Uses a loop because a regular expression for trailing spaces takes quadratic time. */
    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static int octets(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
