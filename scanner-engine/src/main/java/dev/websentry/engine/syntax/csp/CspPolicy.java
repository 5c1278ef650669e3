package dev.websentry.engine.syntax.csp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One serialized policy, CSP3 section 2.2.
 *
 * @param directives by lower-case name; of several with one name the first, as section 2.2.1 step 2.5 demands
 * @param duplicates names that came again and were ignored
 * @param text as it was sent, trimmed
 */
public record CspPolicy(Map<String, SourceList> directives, Set<String> duplicates, String text) {
    private static final Set<String> IGNORED_IN_META = Set.of("frame-ancestors", "report-uri", "sandbox");
    private static final Set<String> FETCH = Set.of(
            "child-src",
            "connect-src",
            "default-src",
            "fenced-frame-src",
            "font-src",
            "frame-src",
            "img-src",
            "manifest-src",
            "media-src",
            "object-src",
            "prefetch-src",
            "script-src",
            "script-src-elem",
            "script-src-attr",
            "style-src",
            "style-src-elem",
            "style-src-attr",
            "worker-src");
    /** Current ones, and those of older drafts that browsers once knew: they do no harm. */
    private static final Set<String> OTHERS = Set.of(
            "base-uri",
            "sandbox",
            "form-action",
            "frame-ancestors",
            "navigate-to",
            "report-uri",
            "report-to",
            "require-trusted-types-for",
            "trusted-types",
            "upgrade-insecure-requests",
            "block-all-mixed-content",
            "plugin-types",
            "referrer",
            "reflected-xss",
            "require-sri-for",
            "webrtc");

    public CspPolicy {
        directives = Collections.unmodifiableMap(new LinkedHashMap<>(directives));
        duplicates = Collections.unmodifiableSet(new LinkedHashSet<>(duplicates));
    }

    /** The policies of one header field value: split on commas, those without a directive dropped (section 2.2.2). */
    public static List<CspPolicy> parseList(String fieldValue) {
        return Stream.of(fieldValue.split(",", -1))
                .map(CspPolicy::parse)
                .filter(policy -> !policy.directives().isEmpty())
                .toList();
    }

    /** The policy of a meta element's content: no list, and without what section 3.3 ignores there. */
    public static Optional<CspPolicy> parseMeta(String content) {
        CspPolicy whole = parse(content);
        Map<String, SourceList> counting = new LinkedHashMap<>(whole.directives());
        counting.keySet().removeAll(IGNORED_IN_META);
        return counting.isEmpty()
                ? Optional.empty()
                : Optional.of(new CspPolicy(counting, whole.duplicates(), whole.text()));
    }

    /** Section 2.2.1. Never fails: a directive that is not ASCII is skipped, anything else is kept as it stands. */
    static CspPolicy parse(String serialized) {
        Map<String, SourceList> directives = new LinkedHashMap<>();
        Set<String> duplicates = new LinkedHashSet<>();
        for (String piece : serialized.split(";", -1)) {
            List<String> words = words(piece);
            if (words.isEmpty() || piece.chars().anyMatch(c -> c > 0x7f)) {
                continue;
            }
            String name = words.get(0).toLowerCase(Locale.ROOT);
            if (directives.putIfAbsent(name, new SourceList(words.subList(1, words.size()))) != null) {
                duplicates.add(name);
            }
        }
        return new CspPolicy(directives, duplicates, serialized.strip());
    }

    /** The list of the first of these directives that stands in the policy: how directives fall back (section 6.8.1). */
    public Optional<SourceList> effective(String... names) {
        return Stream.of(names)
                .filter(directives::containsKey)
                .map(directives::get)
                .findFirst();
    }

    /** What eval and everything else that names script-src goes by. */
    public Optional<SourceList> scriptSrc() {
        return effective("script-src", "default-src");
    }

    /** What script elements and javascript: URLs go by. */
    public Optional<SourceList> scriptSrcElem() {
        return effective("script-src-elem", "script-src", "default-src");
    }

    /** What event handler attributes go by. */
    public Optional<SourceList> scriptSrcAttr() {
        return effective("script-src-attr", "script-src", "default-src");
    }

    public Optional<SourceList> objectSrc() {
        return effective("object-src", "default-src");
    }

    public Optional<SourceList> directive(String name) {
        return Optional.ofNullable(directives.get(name));
    }

    public boolean has(String name) {
        return directives.containsKey(name);
    }

    /** The directives that list where something may be loaded from. */
    public Map<String, SourceList> fetchDirectives() {
        Map<String, SourceList> fetch = new LinkedHashMap<>(directives);
        fetch.keySet().retainAll(FETCH);
        return fetch;
    }

    /** Names that no draft of CSP knows: mostly slips of the pen. */
    public List<String> unknown() {
        List<String> unknown = new ArrayList<>(directives.keySet());
        unknown.removeIf(name -> FETCH.contains(name) || OTHERS.contains(name));
        return unknown;
    }

    private static List<String> words(String text) {
        return Stream.of(text.split("[\\t\\n\\f\\r ]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
