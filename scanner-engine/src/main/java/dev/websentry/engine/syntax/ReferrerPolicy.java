package dev.websentry.engine.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Referrer Policy: how a browser finds the policy among tokens that it may not know. */
public final class ReferrerPolicy {
    /** Section 3. The empty string is a policy too, but sets none. */
    private static final Set<String> TOKENS = Set.of(
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url");
    /** The HTML standard's legacy names, which only a meta element may use. */
    private static final Map<String, String> LEGACY = Map.of(
            "never", "no-referrer",
            "default", "strict-origin-when-cross-origin",
            "always", "unsafe-url",
            "origin-when-crossorigin", "origin-when-cross-origin");

    private ReferrerPolicy() {}

    /** Section 8.1: the last token over all lines that is known. */
    public static Optional<String> ofHeader(List<String> lines) {
        return lines.stream()
                .flatMap(line -> ListValue.split(line).stream())
                .map(token -> token.toLowerCase(Locale.ROOT))
                .filter(TOKENS::contains)
                .reduce((earlier, later) -> later);
    }

    /** HTML standard section 4.2.5.1: one token, legacy names included. */
    public static Optional<String> ofMeta(String content) {
        String token = content.toLowerCase(Locale.ROOT);
        String current = LEGACY.getOrDefault(token, token);
        return TOKENS.contains(current) ? Optional.of(current) : Optional.empty();
    }
}
