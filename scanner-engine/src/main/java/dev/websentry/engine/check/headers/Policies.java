package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.SourceList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The content security policies that a browser enforces on a page, all of them at once. So a demand on them is met as
 * soon as one of them meets it.
 */
record Policies(List<CspPolicy> fromHeader, List<CspPolicy> fromMeta) {
    static final String HEADER = "Content-Security-Policy";

    static Policies of(FinalDocument page) {
        List<CspPolicy> meta = page.html().select("head > meta[http-equiv]").stream()
                .filter(element -> element.attr("http-equiv").strip().equalsIgnoreCase(HEADER))
                .flatMap(element -> CspPolicy.parseMeta(element.attr("content")).stream())
                .toList();
        return new Policies(
                page.headers().all(HEADER).stream()
                        .flatMap(line -> CspPolicy.parseList(line).stream())
                        .toList(),
                meta);
    }

    List<CspPolicy> all() {
        return Stream.concat(fromHeader.stream(), fromMeta.stream()).toList();
    }

    boolean any(Predicate<CspPolicy> demand) {
        return all().stream().anyMatch(demand);
    }

    /** Those by which scripts are limited to what the site chose: no inline script, no source that is everyone. */
    List<CspPolicy> closed() {
        return all().stream()
                .filter(policy -> policy.scriptSrc().isPresent()
                        && !allowsInline(policy.scriptSrcElem())
                        && !allowsInline(policy.scriptSrcAttr())
                        && openScriptSources(policy).isEmpty())
                .toList();
    }

    static boolean allowsInline(Optional<SourceList> list) {
        return list.map(SourceList::allowsAllInlineScript).orElse(true);
    }

    /** Sources of scripts that anyone can put a script on; 'strict-dynamic' makes browsers drop them (CSP3 8.2). */
    static List<String> openScriptSources(CspPolicy policy) {
        return policy.scriptSrcElem()
                .filter(list -> !list.hasKeyword("'strict-dynamic'"))
                .map(list -> Stream.concat(
                                list.anyHost().stream(),
                                list.bareSchemes().stream().filter(scheme -> scheme.matches("(?i)(https?|data):")))
                        .toList())
                .orElse(List.of());
    }

    boolean upgradeInsecureRequests() {
        return any(policy -> policy.has("upgrade-insecure-requests"));
    }
}
