package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * The Content Security Policies that a browser enforces on a page. All of them apply at once, so a requirement is met
 * as soon as one policy meets it.
 *
 * @param fromHeader the policies of the response header
 * @param fromMeta the policies of meta elements in the head
 */
record EnforcedCsp(List<CspPolicy> fromHeader, List<CspPolicy> fromMeta) {
    static final String HEADER_NAME = "Content-Security-Policy";
    private static final Evaluator META = Selector.evaluatorOf("head > meta[http-equiv]");

    static EnforcedCsp of(FinalResponse page) {
        List<CspPolicy> meta = page.html().select(META).stream()
                .filter(element -> element.attr("http-equiv").strip().equalsIgnoreCase(HEADER_NAME))
                .flatMap(element -> CspPolicy.parseMeta(element.attr("content")).stream())
                .toList();
        return new EnforcedCsp(
                page.headers().all(HEADER_NAME).stream()
                        .flatMap(line -> CspPolicy.parseList(line).stream())
                        .toList(),
                meta);
    }

    List<CspPolicy> all() {
        return Stream.concat(fromHeader.stream(), fromMeta.stream()).toList();
    }

    /** Returns only the policies that meet a condition. */
    EnforcedCsp filter(Predicate<CspPolicy> condition) {
        return new EnforcedCsp(
                fromHeader.stream().filter(condition).toList(),
                fromMeta.stream().filter(condition).toList());
    }

    /** Returns whether at least one policy meets the requirement, and thereby all of them together. */
    boolean anyMatch(Predicate<CspPolicy> requirement) {
        return all().stream().anyMatch(requirement);
    }

    /**
     * Returns the policies that restrict scripts to sources that the site chose: they allow neither all inline scripts
     * nor a source that anyone can use.
     */
    List<CspPolicy> restrictingScripts() {
        return restrictingSources().stream()
                .filter(policy -> !allowsAllInlineScript(policy.scriptSrcElem())
                        && !allowsAllInlineScript(policy.scriptSrcAttr()))
                .toList();
    }

    /** Returns the policies that do not allow script elements to load from a source that anyone can use. */
    List<CspPolicy> restrictingSources() {
        return all().stream()
                .filter(policy -> policy.scriptSrcElem().isPresent()
                        && unrestrictedScriptSources(policy).isEmpty())
                .toList();
    }

    /** Returns whether every inline script may run; without a source list it may. */
    static boolean allowsAllInlineScript(Optional<CspSourceList> list) {
        return list.map(CspSourceList::allowsAllInlineScript).orElse(true);
    }

    /**
     * Returns the script sources that anyone can host a script on, such as {@code *} or {@code https:}. Browsers ignore
     * them if {@code 'strict-dynamic'} is present (CSP3 section 8.2).
     */
    static List<String> unrestrictedScriptSources(CspPolicy policy) {
        return policy.scriptSrcElem()
                .filter(list -> !list.hasKeyword("'strict-dynamic'"))
                .map(CspSourceScope::anywhere)
                .orElse(List.of());
    }

    boolean upgradeInsecureRequests() {
        return anyMatch(policy -> policy.hasDirective("upgrade-insecure-requests"));
    }
}
