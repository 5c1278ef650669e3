package dev.websentry.engine.syntax;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code Strict-Transport-Security} field (RFC 6797 section 6.1).
 *
 * @param maxAge max-age in seconds; {@link Long#MAX_VALUE} if the value does not fit into a long
 * @param includeSubDomains whether the policy also applies to subdomains
 * @param preload whether the preload directive is present; it is not part of the RFC, but the preload list of browsers
 *     requires it
 */
public record StrictTransportSecurity(long maxAge, boolean includeSubDomains, boolean preload) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    /** Quoted string. The quantifier is possessive, because otherwise the matcher needs a stack frame per character. */
    private static final String QUOTED = "\"(?:[^\"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]|\\\\[\\t\\x20-\\x7e])*+\"";
    /** Number of digits of {@link Long#MAX_VALUE}. */
    private static final int MAX_DIGITS = 19;

    private static final Pattern DIRECTIVE =
            Pattern.compile("(" + TOKEN + ")(?:[ \\t]*=[ \\t]*(" + TOKEN + "|" + QUOTED + "))?");

    /**
     * Parses a field value. Unknown directives are ignored (section 6.1, rule 5).
     *
     * @param value the field value
     * @return the policy; empty if a browser would ignore the field, because of a syntax error, a duplicate directive,
     *     a value of includeSubDomains or a missing max-age
     */
    public static Optional<StrictTransportSecurity> parse(String value) {
        Map<String, String> directives = new HashMap<>();
        int position = 0;
        Matcher matcher = DIRECTIVE.matcher(value);
        while (position < value.length()) {
            char next = value.charAt(position);
            if (next == ';' || next == ' ' || next == '\t') {
                position++;
                continue;
            }
            matcher.region(position, value.length());
            if (!matcher.lookingAt() || !endsDirective(value, matcher.end())) {
                return Optional.empty();
            }
            String argument = matcher.group(2) == null ? "" : unquoted(matcher.group(2));
            if (matcher.group(2) != null && matcher.group(1).equalsIgnoreCase("includeSubDomains")) {
                // The directive has no value (section 6.1.2): browsers ignore the whole field.
                return Optional.empty();
            }
            if (directives.put(matcher.group(1).toLowerCase(Locale.ROOT), argument) != null) {
                return Optional.empty();
            }
            position = matcher.end();
        }
        String maxAge = directives.get("max-age");
        boolean subDomains = directives.containsKey("includesubdomains");
        if (maxAge == null || !maxAge.matches("[0-9]+")) {
            return Optional.empty();
        }
        return Optional.of(new StrictTransportSecurity(seconds(maxAge), subDomains, directives.containsKey("preload")));
    }

    /** Parses a number of seconds. Numbers with too many digits are not parsed, since parsing takes quadratic time. */
    private static long seconds(String digits) {
        String significant = digits.replaceFirst("^0+", "");
        return significant.length() > MAX_DIGITS
                ? Long.MAX_VALUE
                : new BigInteger("0" + significant)
                        .min(BigInteger.valueOf(Long.MAX_VALUE))
                        .longValue();
    }

    private static boolean endsDirective(String value, int position) {
        int next = position;
        while (next < value.length() && (value.charAt(next) == ' ' || value.charAt(next) == '\t')) {
            next++;
        }
        return next == value.length() || value.charAt(next) == ';';
    }

    private static String unquoted(String argument) {
        return argument.startsWith("\"")
                ? argument.substring(1, argument.length() - 1).replaceAll("\\\\(.)", "$1")
                : argument;
    }
}
