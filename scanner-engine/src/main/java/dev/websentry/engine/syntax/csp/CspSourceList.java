package dev.websentry.engine.syntax.csp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A source list of a Content Security Policy directive, CSP3 section 2.3.1. Keywords, schemes and hosts are
 * case-insensitive; nonces and hashes are case-sensitive.
 *
 * @param expressions the source expressions as they were sent; an empty list allows nothing, like {@code 'none'}
 */
public record CspSourceList(List<String> expressions) {
    private static final String BASE64 = "[A-Za-z0-9+/_-]+={0,2}";
    private static final Pattern NONCE = Pattern.compile("'(?i:nonce)-(" + BASE64 + ")'");
    private static final Pattern HASH = Pattern.compile("'(?i:sha(?:256|384|512))-" + BASE64 + "'");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:");
    /** Matches expressions that allow every web server, with or without scheme, port and path. */
    private static final Pattern ANY_HOST = Pattern.compile("(https?://)?\\*(:[0-9]+|:\\*)?(/.*)?");

    private static final Pattern QUOTES = Pattern.compile("[\"'`\\u00b4\\u2018-\\u201f\\u2032\\u2033]");
    private static final Pattern UNQUOTED_NONCE_OR_HASH =
            Pattern.compile("(?i:nonce-" + BASE64 + "|sha(?:256|384|512)-[A-Za-z0-9+/_-]{20,}={0,2})");

    private static final Pattern WILDCARD_HOST = Pattern.compile("([a-z][a-z0-9+.-]*://)?\\*\\..+");
    private static final Pattern HOST = Pattern.compile(
            "([a-z][a-z0-9+.-]*://)?(\\*|(\\*\\.)?[a-z0-9_-][a-z0-9_.-]*|\\[[0-9a-f:.]+])(:([0-9]+|\\*))?(/.*)?");

    public CspSourceList {
        expressions = List.copyOf(expressions);
    }

    /**
     * Returns whether the list contains a keyword.
     *
     * @param keyword the keyword in lower case, including its single quotes
     */
    public boolean hasKeyword(String keyword) {
        return expressions.stream().anyMatch(keyword::equalsIgnoreCase);
    }

    /** Returns the values of the well-formed nonces. */
    public List<String> nonces() {
        return expressions.stream()
                .map(NONCE::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    public boolean hasNonceOrHash() {
        return !nonces().isEmpty() || hasHash();
    }

    public boolean hasHash() {
        return expressions.stream()
                .anyMatch(expression -> HASH.matcher(expression).matches());
    }

    /** Returns whether every inline script may run (section 6.7.3.2). */
    public boolean allowsAllInlineScript() {
        return hasKeyword("'unsafe-inline'") && !hasNonceOrHash() && !hasKeyword("'strict-dynamic'");
    }

    /** Returns whether every inline style applies (section 6.7.3.2); {@code 'strict-dynamic'} has no effect here. */
    public boolean allowsAllInlineStyle() {
        return hasKeyword("'unsafe-inline'") && !hasNonceOrHash();
    }

    /** Returns the expressions that allow every host: an asterisk, with or without http scheme, port and path. */
    public List<String> anyHostSources() {
        return matching(ANY_HOST);
    }

    /** Returns the expressions that consist of a scheme only, such as {@code https:}. */
    public List<String> schemeSources() {
        return matching(SCHEME);
    }

    /** Returns the expressions that allow all subdomains of a host, such as {@code *.example.com}. */
    public List<String> wildcardSubdomainSources() {
        return matching(WILDCARD_HOST);
    }

    /** Returns the expressions that explicitly allow hosts over plain http. */
    public List<String> plainHttpSources() {
        return expressions.stream()
                .filter(expression -> expression.regionMatches(true, 0, "http://", 0, 7))
                .toList();
    }

    /**
     * Returns the quoted form that an expression was probably meant to have: a keyword, nonce or hash whose quotes are
     * missing, incomplete or of another kind.
     *
     * @param expression the expression as it was sent
     * @return the form in straight single quotes; empty if the expression is well-formed or means something else
     */
    public static Optional<String> probablyMeant(String expression) {
        String bare = QUOTES.matcher(expression).replaceAll("");
        String quoted = "'" + bare + "'";
        boolean quotable = SourceKeywords.CSP3.contains(quoted.toLowerCase(Locale.ROOT))
                || UNQUOTED_NONCE_OR_HASH.matcher(bare).matches();
        return quotable && !expression.equals(quoted) ? Optional.of(quoted) : Optional.empty();
    }

    /** Returns the expressions that browsers ignore: malformed nonces and hashes, unknown keywords, invalid hosts. */
    public List<String> malformedSources() {
        return expressions.stream()
                .filter(expression -> !isWellFormed(expression))
                .toList();
    }

    private static boolean isWellFormed(String expression) {
        String lower = expression.toLowerCase(Locale.ROOT);
        if (lower.startsWith("'")) {
            return NONCE.matcher(expression).matches()
                    || HASH.matcher(expression).matches()
                    || SourceKeywords.isKnown(lower);
        }
        return SCHEME.matcher(lower).matches() || HOST.matcher(lower).matches();
    }

    private List<String> matching(Pattern pattern) {
        return expressions.stream()
                .filter(expression ->
                        pattern.matcher(expression.toLowerCase(Locale.ROOT)).matches())
                .toList();
    }

    /** The quoted keywords that CSP3 and the specifications that extend it define. */
    private static final class SourceKeywords {
        /** The keywords that cannot be mistaken for the name of a host. */
        private static final List<String> CSP3 = List.of(
                "'none'",
                "'self'",
                "'unsafe-inline'",
                "'unsafe-eval'",
                "'strict-dynamic'",
                "'unsafe-hashes'",
                "'report-sample'",
                "'unsafe-allow-redirects'",
                "'wasm-unsafe-eval'",
                "'inline-speculation-rules'",
                "'trusted-types-eval'");

        private static final List<String> OTHERS = List.of(
                "'report-sha256'",
                "'report-sha384'",
                "'report-sha512'",
                "'script'",
                "'allow-duplicates'",
                "'allow'",
                "'block'");

        static boolean isKnown(String keyword) {
            return CSP3.contains(keyword) || OTHERS.contains(keyword);
        }
    }
}
