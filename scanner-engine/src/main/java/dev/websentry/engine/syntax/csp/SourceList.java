package dev.websentry.engine.syntax.csp;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A serialized source list, CSP3 section 2.3.1. Keywords, schemes and hosts compare without regard to case; nonces and
 * hashes do not.
 *
 * @param expressions as they were sent; empty allows nothing, like 'none'
 */
public record SourceList(List<String> expressions) {
    private static final String BASE64 = "[A-Za-z0-9+/_-]+={0,2}";
    private static final Pattern NONCE = Pattern.compile("'(?i:nonce)-(" + BASE64 + ")'");
    private static final Pattern HASH = Pattern.compile("'(?i:sha(?:256|384|512))-" + BASE64 + "'");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:");
    /** With or without scheme, port and path: every host. */
    private static final Pattern ANY_HOST = Pattern.compile("([a-z][a-z0-9+.-]*://)?\\*(:[0-9]+|:\\*)?(/.*)?");

    private static final Pattern WILDCARD_HOST = Pattern.compile("([a-z][a-z0-9+.-]*://)?\\*\\..+");
    private static final Pattern HOST = Pattern.compile(
            "([a-z][a-z0-9+.-]*://)?(\\*|(\\*\\.)?[a-z0-9_-][a-z0-9_.-]*|\\[[0-9a-f:.]+])(:([0-9]+|\\*))?(/.*)?");

    public SourceList {
        expressions = List.copyOf(expressions);
    }

    /** @param keyword with its quotes, lower case */
    public boolean hasKeyword(String keyword) {
        return expressions.stream().anyMatch(keyword::equalsIgnoreCase);
    }

    /** The values of the well-formed nonces. */
    public List<String> nonces() {
        return expressions.stream()
                .map(NONCE::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    public boolean hasNonceOrHash() {
        return !nonces().isEmpty()
                || expressions.stream()
                        .anyMatch(expression -> HASH.matcher(expression).matches());
    }

    /** Section 6.7.3.2, for scripts: whether any inline script may run. */
    public boolean allowsAllInlineScript() {
        return hasKeyword("'unsafe-inline'") && !hasNonceOrHash() && !hasKeyword("'strict-dynamic'");
    }

    /** Section 6.7.3.2, for styles: 'strict-dynamic' means nothing there. */
    public boolean allowsAllInlineStyle() {
        return hasKeyword("'unsafe-inline'") && !hasNonceOrHash();
    }

    /** Expressions that stand for every host: the asterisk, with or without scheme, port and path. */
    public List<String> anyHost() {
        return matching(ANY_HOST);
    }

    /** Expressions that are a scheme alone, such as https:. */
    public List<String> bareSchemes() {
        return matching(SCHEME);
    }

    /** Expressions for all subdomains of a host. */
    public List<String> wildcardHosts() {
        return matching(WILDCARD_HOST);
    }

    /** Hosts that may be spoken to without TLS. */
    public List<String> plainHttpHosts() {
        return expressions.stream()
                .filter(expression -> expression.regionMatches(true, 0, "http://", 0, 7))
                .toList();
    }

    /** What browsers ignore because it is no source expression: malformed nonces and hashes, unknown keywords. */
    public List<String> malformed() {
        return expressions.stream().filter(expression -> !isKnown(expression)).toList();
    }

    private static boolean isKnown(String expression) {
        String lower = expression.toLowerCase(Locale.ROOT);
        if (lower.startsWith("'")) {
            return NONCE.matcher(expression).matches()
                    || HASH.matcher(expression).matches()
                    || Keywords.ALL.contains(lower);
        }
        return SCHEME.matcher(lower).matches() || HOST.matcher(lower).matches();
    }

    private List<String> matching(Pattern pattern) {
        return expressions.stream()
                .filter(expression ->
                        pattern.matcher(expression.toLowerCase(Locale.ROOT)).matches())
                .toList();
    }

    /** Every quoted word that CSP3 and the specifications which extend it know. */
    private static final class Keywords {
        private static final List<String> ALL = List.of(
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
                "'trusted-types-eval'",
                "'report-sha256'",
                "'report-sha384'",
                "'report-sha512'",
                "'script'",
                "'allow-duplicates'",
                "'allow'",
                "'block'");
    }
}
