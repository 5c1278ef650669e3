package dev.websentry.engine.syntax;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Strict-Transport-Security field value, RFC 6797 section 6.1.
 *
 * @param maxAge seconds; a value too large for a long is {@link Long#MAX_VALUE}
 * @param preload no directive of the RFC: the browsers' preload list asks for it
 */
public record StrictTransportSecurity(long maxAge, boolean includeSubDomains, boolean preload) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    /** Possessive: the matcher would otherwise keep a stack frame for every character. */
    private static final String QUOTED = "\"(?:[^\"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]|\\\\[\\t\\x20-\\x7e])*+\"";
    /** Digits of the greatest long. */
    private static final int LONGEST_NUMBER = 19;

    private static final Pattern DIRECTIVE =
            Pattern.compile("(" + TOKEN + ")(?:[ \\t]*=[ \\t]*(" + TOKEN + "|" + QUOTED + "))?");

    /**
     * Reads one field value. Empty when a browser would ignore it: a syntax error, a directive given twice, or no max-age.
     * Directives that are not known are ignored, as section 6.1 rule 5 demands.
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
            if (directives.put(matcher.group(1).toLowerCase(Locale.ROOT), argument) != null) {
                return Optional.empty();
            }
            position = matcher.end();
        }
        String maxAge = directives.get("max-age");
        // includeSubDomains is valueless (section 6.1.2): with a value it is not that directive.
        boolean subDomains = "".equals(directives.get("includesubdomains"));
        if (maxAge == null || !maxAge.matches("[0-9]+")) {
            return Optional.empty();
        }
        return Optional.of(new StrictTransportSecurity(seconds(maxAge), subDomains, directives.containsKey("preload")));
    }

    /** Reading a number takes the square of its length, so one that cannot fit is not read. */
    private static long seconds(String digits) {
        String significant = digits.replaceFirst("^0+", "");
        return significant.length() > LONGEST_NUMBER
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
