package dev.websentry.engine.syntax;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Set-Cookie field value as a browser reads it, RFC 6265bis section 5.6. The cookie's value is not kept: nothing that is
 * judged depends on it, and it may be a secret.
 *
 * @param domain the Domain attribute, lower case, without a leading dot; empty when there is none
 * @param path the Path attribute; empty when there is none that counts
 * @param sameSite the SameSite attribute's value as sent; empty when there is none
 * @param expiry when it ends at the latest, as a Max-Age in seconds or a date; Max-Age wins
 * @param attributes all attributes as they were sent, for the reader
 */
public record SetCookie(
        String name,
        Optional<String> domain,
        Optional<String> path,
        boolean secure,
        boolean httpOnly,
        Optional<String> sameSite,
        Expiry expiry,
        List<String> attributes) {
    private static final int LONGEST_PAIR = 4096;
    private static final int LONGEST_ATTRIBUTE = 1024;
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]+");

    /** When a cookie ends: after seconds, at a date, or with the browser session. */
    public record Expiry(Optional<Long> maxAge, Optional<Instant> expires) {
        /** Whether the cookie is a deletion when it arrives at that time. */
        public boolean isOver(Instant now) {
            return maxAge.map(seconds -> seconds <= 0)
                    .orElseGet(() -> expires.map(date -> !date.isAfter(now)).orElse(false));
        }
    }

    public SetCookie {
        attributes = List.copyOf(attributes);
    }

    /** Reads one line; never several, since a comma separates nothing here. Empty when a browser would ignore it. */
    public static Optional<SetCookie> parse(String line) {
        if (CONTROL.matcher(line).find()) {
            return Optional.empty();
        }
        String[] parts = line.split(";", -1);
        int equals = parts[0].indexOf('=');
        String name = equals < 0 ? "" : trim(parts[0].substring(0, equals));
        String value = trim(parts[0].substring(equals + 1));
        if ((name.isEmpty() && value.isEmpty()) || name.length() + value.length() > LONGEST_PAIR) {
            return Optional.empty();
        }
        if (name.isEmpty() && posesAsPrefixed(value)) {
            // RFC 6265bis section 5.7 step 22: a nameless cookie must not pose as a prefixed one.
            return Optional.empty();
        }
        Reader reader = new Reader();
        for (int i = 1; i < parts.length; i++) {
            reader.read(trim(parts[i]));
        }
        return Optional.of(reader.cookie(name));
    }

    /** What a person may see: the name and the attributes. */
    public String withoutValue() {
        return attributes.stream().map(attribute -> "; " + attribute).collect(Collectors.joining("", name + "=…", ""));
    }

    /** Whether the name begins like that, in any case (RFC 6265bis section 5.4). */
    public boolean hasPrefix(String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static boolean posesAsPrefixed(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("__secure-") || lower.startsWith("__host-");
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        while (end > start && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Collects attributes; of one that is there twice the last counts. */
    private static final class Reader {
        private Optional<String> domain = Optional.empty();
        private Optional<String> path = Optional.empty();
        private boolean secure;
        private boolean httpOnly;
        private Optional<String> sameSite = Optional.empty();
        private Optional<Long> maxAge = Optional.empty();
        private Optional<Instant> expires = Optional.empty();
        private final List<String> attributes = new ArrayList<>();

        void read(String attribute) {
            int equals = attribute.indexOf('=');
            String name = trim(equals < 0 ? attribute : attribute.substring(0, equals));
            String value = equals < 0 ? "" : trim(attribute.substring(equals + 1));
            if (attribute.isEmpty() || value.length() > LONGEST_ATTRIBUTE) {
                return;
            }
            attributes.add(attribute);
            switch (name.toLowerCase(Locale.ROOT)) {
                case "domain" -> domain = Optional.of(domain(value)).filter(text -> !text.isEmpty());
                case "path" -> path = Optional.of(value).filter(text -> text.startsWith("/"));
                case "secure" -> secure = true;
                case "httponly" -> httpOnly = true;
                case "samesite" -> sameSite = Optional.of(value);
                case "max-age" -> maxAge = seconds(value).or(() -> maxAge);
                case "expires" -> expires = CookieDate.parse(value).or(() -> expires);
                default -> {
                    // Partitioned, Priority and whatever comes: nothing that is judged.
                }
            }
        }

        SetCookie cookie(String name) {
            return new SetCookie(
                    name, domain, path, secure, httpOnly, sameSite, new Expiry(maxAge, expires), attributes);
        }

        private static String domain(String value) {
            String text = value.startsWith(".") ? value.substring(1) : value;
            return text.toLowerCase(Locale.ROOT);
        }

        private static Optional<Long> seconds(String value) {
            if (!SECONDS.matcher(value).matches()) {
                return Optional.empty();
            }
            // More digits than a long has are for ever, or long past.
            return Optional.of(
                    value.length() > 18
                            ? (value.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE)
                            : Long.parseLong(value));
        }
    }
}
