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
 * A parsed Content Security Policy, CSP3 section 2.2.
 *
 * @param directives the source lists by lower-case directive name, in order of appearance; if a name is repeated, the
 *     first directive applies (section 2.2.1 step 2.5)
 * @param duplicateDirectives the lower-case names of repeated directives, which were ignored
 * @param skippedDirectives the directives that browsers skip because they are not ASCII, as they were sent
 * @param text the policy as it was sent, without surrounding white space
 */
public record CspPolicy(
        Map<String, CspSourceList> directives,
        Set<String> duplicateDirectives,
        List<String> skippedDirectives,
        String text) {
    private static final CspSourceList NOTHING = new CspSourceList(List.of());
    /** Directives whose values are not source lists but may contain any word. */
    private static final Set<String> FREE_TEXT = Set.of("report-uri", "report-to", "trusted-types", "referrer");

    private static final Set<String> IGNORED_IN_META = Set.of("frame-ancestors", "report-uri", "sandbox");
    private static final Set<String> FETCH_DIRECTIVES = Set.of(
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

    private static final Set<String> OTHER_SOURCE_LISTS =
            Set.of("base-uri", "form-action", "frame-ancestors", "navigate-to");

    /** Other directives, including those of older drafts that browsers once supported and that do no harm. */
    private static final Set<String> NON_FETCH = Set.of(
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
        duplicateDirectives = Collections.unmodifiableSet(new LinkedHashSet<>(duplicateDirectives));
        skippedDirectives = List.copyOf(skippedDirectives);
    }

    /**
     * Parses the value of a header field, which is a comma-separated list of policies (section 2.2.2). Policies without
     * a directive are dropped.
     *
     * @param fieldValue the value of one header line
     * @return the policies in order of appearance, possibly empty
     */
    public static List<CspPolicy> parseList(String fieldValue) {
        return policies(fieldValue)
                .filter(policy -> !policy.directives().isEmpty())
                .toList();
    }

    /**
     * Returns the directives of a header field that browsers skip because they are not ASCII, including those of
     * policies that have no other directive.
     *
     * @param fieldValue the value of one header line
     * @return the directives as they were sent
     */
    public static List<String> skippedDirectives(String fieldValue) {
        return policies(fieldValue)
                .flatMap(policy -> policy.skippedDirectives().stream())
                .toList();
    }

    private static Stream<CspPolicy> policies(String fieldValue) {
        return Stream.of(fieldValue.split(",", -1)).map(CspPolicy::parse);
    }

    /**
     * Parses the {@code content} attribute of a meta element. It is a single policy, not a list, and the directives
     * that section 3.3 excludes from meta elements are dropped.
     *
     * @return the policy, or empty if no directive is left
     */
    public static Optional<CspPolicy> parseMeta(String content) {
        CspPolicy parsed = parse(content);
        Map<String, CspSourceList> directives = new LinkedHashMap<>(parsed.directives());
        directives.keySet().removeAll(IGNORED_IN_META);
        return directives.isEmpty()
                ? Optional.empty()
                : Optional.of(new CspPolicy(
                        directives, parsed.duplicateDirectives(), parsed.skippedDirectives(), parsed.text()));
    }

    /** Parses one policy (section 2.2.1). Never fails: skips directives that are not ASCII and keeps all others. */
    static CspPolicy parse(String serialized) {
        Map<String, CspSourceList> directives = new LinkedHashMap<>();
        Set<String> duplicates = new LinkedHashSet<>();
        List<String> skipped = new ArrayList<>();
        for (String directive : serialized.split(";", -1)) {
            List<String> tokens = tokens(directive);
            if (directive.chars().anyMatch(c -> c > 0x7f)) {
                skipped.add(directive.strip());
                continue;
            }
            if (tokens.isEmpty()) {
                continue;
            }
            String name = tokens.get(0).toLowerCase(Locale.ROOT);
            if (directives.putIfAbsent(name, new CspSourceList(tokens.subList(1, tokens.size()))) != null) {
                duplicates.add(name);
            }
        }
        return new CspPolicy(directives, duplicates, skipped, serialized.strip());
    }

    /**
     * Returns the source list of the first of these directives that the policy contains, which implements the fallback
     * of directives (section 6.8.1).
     *
     * @param names lower-case directive names in the order of fallback
     */
    public Optional<CspSourceList> effectiveDirective(String... names) {
        return Stream.of(names)
                .filter(directives::containsKey)
                .map(directives::get)
                .findFirst();
    }

    /** Returns the source list that applies to eval and to other rules that refer to script-src. */
    public Optional<CspSourceList> scriptSrc() {
        return forbidsScripts() ? Optional.of(NOTHING) : effectiveDirective("script-src", "default-src");
    }

    /** Returns the source list that applies to script elements and {@code javascript:} URLs. */
    public Optional<CspSourceList> scriptSrcElem() {
        return forbidsScripts()
                ? Optional.of(NOTHING)
                : effectiveDirective("script-src-elem", "script-src", "default-src");
    }

    /** Returns the source list that applies to event handler attributes. */
    public Optional<CspSourceList> scriptSrcAttr() {
        return forbidsScripts()
                ? Optional.of(NOTHING)
                : effectiveDirective("script-src-attr", "script-src", "default-src");
    }

    /** Returns the source list that applies to plug-ins. A sandboxed document never loads them (HTML standard). */
    public Optional<CspSourceList> objectSrc() {
        return hasDirective("sandbox") ? Optional.of(NOTHING) : effectiveDirective("object-src", "default-src");
    }

    /** Returns whether the policy sandboxes the document without {@code allow-scripts} (section 6.3.2). */
    public boolean forbidsScripts() {
        return directive("sandbox")
                .filter(flags -> !flags.hasKeyword("allow-scripts"))
                .isPresent();
    }

    /**
     * Returns the source list of exactly this directive, without fallback.
     *
     * @param name the lower-case directive name
     */
    public Optional<CspSourceList> directive(String name) {
        return Optional.ofNullable(directives.get(name));
    }

    public boolean hasDirective(String name) {
        return directives.containsKey(name);
    }

    /** Returns the fetch directives (section 6.1), which restrict the sources of resources, by name. */
    public Map<String, CspSourceList> fetchDirectives() {
        Map<String, CspSourceList> fetch = new LinkedHashMap<>(directives);
        fetch.keySet().retainAll(FETCH_DIRECTIVES);
        return fetch;
    }

    /** Returns the directive names that no draft of CSP defines, which are mostly typing errors. */
    public List<String> unknownDirectives() {
        List<String> unknown = new ArrayList<>(directives.keySet());
        unknown.removeIf(CspPolicy::isKnownDirective);
        return unknown;
    }

    /**
     * Returns the directive names that stand among the values of other directives, where browsers take them for hosts:
     * a semicolon is missing before each.
     */
    public List<String> directivesWithinValues() {
        return directives.entrySet().stream()
                .filter(directive -> !FREE_TEXT.contains(directive.getKey()))
                .flatMap(directive -> directive.getValue().expressions().stream())
                .filter(value -> value.contains("-") && isKnownDirective(value.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    /** Returns whether a draft of CSP defines a directive of this lower-case name. */
    public static boolean isKnownDirective(String name) {
        return FETCH_DIRECTIVES.contains(name) || NON_FETCH.contains(name);
    }

    /** Returns all source lists, by directive name: those of fetch directives and of base-uri, form-action and others. */
    public Map<String, CspSourceList> sourceLists() {
        Map<String, CspSourceList> lists = new LinkedHashMap<>(directives);
        lists.keySet().removeIf(name -> !FETCH_DIRECTIVES.contains(name) && !OTHER_SOURCE_LISTS.contains(name));
        return lists;
    }

    private static List<String> tokens(String text) {
        return Stream.of(text.split("[\\t\\n\\f\\r ]+", -1))
                .filter(token -> !token.isEmpty())
                .toList();
    }
}
