package dev.websentry.engine.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses referrer policies as browsers do, which ignore unknown tokens. */
public final class ReferrerPolicy {
    /** Policies of Referrer Policy section 3, without the empty string, which means that no policy is set. */
    private static final Set<String> TOKENS = Set.of(
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url");
    /** Legacy names of the HTML standard, which are valid only in a meta element. */
    private static final Map<String, String> LEGACY = Map.of(
            "never", "no-referrer",
            "default", "strict-origin-when-cross-origin",
            "always", "unsafe-url",
            "origin-when-crossorigin", "origin-when-cross-origin");

    private ReferrerPolicy() {}

    /**
     * Parses the {@code Referrer-Policy} field (Referrer Policy section 8.1).
     *
     * @param lines values of all lines of the field
     * @return the last known policy; empty if there is none
     */
    public static Optional<String> parseHeader(List<String> lines) {
        return lines.stream()
                .flatMap(line -> HeaderListValue.split(line).stream())
                .map(token -> token.toLowerCase(Locale.ROOT))
                .filter(TOKENS::contains)
                .reduce((earlier, later) -> later);
    }

    /**
     * Parses the content of a {@code <meta name="referrer">} element (HTML standard section 4.2.5.1).
     *
     * @param content value of the content attribute: one token, which may be a legacy name
     * @return the policy; empty if the token is unknown
     */
    public static Optional<String> parseMeta(String content) {
        String token = content.toLowerCase(Locale.ROOT);
        String current = LEGACY.getOrDefault(token, token);
        return TOKENS.contains(current) ? Optional.of(current) : Optional.empty();
    }
}
