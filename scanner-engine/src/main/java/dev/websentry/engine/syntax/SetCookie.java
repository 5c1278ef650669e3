package dev.websentry.engine.syntax;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One Set-Cookie line as a browser reads it, RFC 6265bis section 5.6. The cookie's value is not kept: nothing that is judged
 * depends on it, and what is not kept cannot leak into a report.
 *
 * @param name empty for a line without a name
 * @param domain lower case, without a leading dot; empty for a host-only cookie
 * @param path as sent, when it begins with a slash
 * @param sameSite as sent
 * @param expiry when the cookie ends; empty for a session's length
 */
public record SetCookie(
        String name,
        Optional<String> domain,
        Optional<String> path,
        boolean secure,
        boolean httpOnly,
        Optional<String> sameSite,
        Optional<Instant> expiry) {

    /** Section 5.6, step 5: name and value together, in octets. */
    private static final int LONGEST = 4096;
    /** Section 5.6, attribute step 6: longer attribute values are ignored. */
    private static final int LONGEST_ATTRIBUTE = 1024;

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
    private static final Pattern DELTA = Pattern.compile("-?[0-9]+");

    /**
     * Reads a field value.
     *
     * @param now what Max-Age counts from
     * @return empty where a browser would ignore the whole line
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
        if (octets == 0 || octets > LONGEST) {
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
                Optional.ofNullable(attributes.get("samesite")),
                expiry(attributes, now)));
    }

    /** Whether a prefix of section 4.1.3 makes demands on the cookie; browsers compare it without regard to case. */
    public boolean hasPrefix(String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** The name without its prefix. */
    public String bareName() {
        if (hasPrefix("__Host-")) {
            return name.substring("__Host-".length());
        }
        return hasPrefix("__Secure-") ? name.substring("__Secure-".length()) : name;
    }

    /** The last attribute of a name counts. */
    private static Map<String, String> attributes(String[] parts) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name =
                    trim(equals < 0 ? parts[i] : parts[i].substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : trim(parts[i].substring(equals + 1));
            if (octets(value) <= LONGEST_ATTRIBUTE
                    && !(name.equals("max-age") && !DELTA.matcher(value).matches())) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    /** Max-Age goes before Expires, section 5.7 step 7. */
    private static Optional<Instant> expiry(Map<String, String> attributes, Instant now) {
        String maxAge = attributes.get("max-age");
        if (maxAge != null) {
            // Ten digits are three centuries; more would only overflow.
            long seconds = maxAge.startsWith("-") ? 0 : Long.parseLong(firstDigits(maxAge));
            return Optional.of(seconds == 0 ? Instant.EPOCH : now.plusSeconds(seconds));
        }
        return Optional.ofNullable(attributes.get("expires")).flatMap(CookieDate::parse);
    }

    private static String firstDigits(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 10 ? "9999999999" : significant;
    }

    /** A loop: a pattern for blanks at the end begins anew at every blank before it. */
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
