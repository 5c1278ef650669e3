package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.ListValue;
import dev.websentry.engine.syntax.csp.SourceList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Checks that {@code frame-ancestors} or {@code X-Frame-Options} protects the page against clickjacking. */
final class FramingCheck implements Check {
    private static final String XFO = "X-Frame-Options";
    private static final Set<String> KNOWN_VALUES = Set.of("deny", "allowall", "sameorigin");
    private static final Definition DEFINITION = Definition.of("headers.framing", XFO, Category.HEADERS, 4)
            .describe("Only the site itself, or hosts that it lists, may display the page in a frame.")
            .remedy(
                    HeaderRemedy.send(
                            "Send a Content-Security-Policy with frame-ancestors; X-Frame-Options protects browsers that"
                                    + " do not support it.",
                            "Content-Security-Policy",
                            "frame-ancestors 'self'",
                            "http.headers(headers -> headers\n        .frameOptions(frame -> frame.sameOrigin())\n"
                                    + "        .contentSecurityPolicy(csp -> csp.policyDirectives(\"frame-ancestors 'self'\")));"))
            .references(
                    "https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header",
                    "https://www.w3.org/TR/CSP3/#directive-frame-ancestors")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return FinalDocument.judge(seen, page -> evaluate(page).evidence(page.evidence(XFO)));
    }

    /** HTML standard: if an enforced header policy has frame-ancestors, X-Frame-Options is ignored. */
    private static Verdict evaluate(FinalDocument page) {
        List<SourceList> ancestors = Policies.of(page).fromHeader().stream()
                .flatMap(policy -> policy.directive("frame-ancestors").stream())
                .toList();
        if (ancestors.isEmpty()) {
            return evaluateFrameOptions(page);
        }
        // All policies are enforced, so the strictest list decides.
        return ancestors.stream()
                .map(FramingCheck::evaluateFrameAncestors)
                .min(Comparator.comparing(Verdict::outcome, Comparator.comparingInt(Outcome::ordinal)))
                .orElseThrow();
    }

    private static Verdict evaluateFrameAncestors(SourceList list) {
        String text = "frame-ancestors " + Quote.of(String.join(" ", list.expressions()));
        String evidence =
                Quote.line("Content-Security-Policy: frame-ancestors " + String.join(" ", list.expressions()));
        List<String> unrestricted = new ArrayList<>(list.anyHost());
        list.bareSchemes().stream()
                .filter(scheme -> scheme.matches("(?i)https?:"))
                .forEach(unrestricted::add);
        Verdict verdict;
        if (!unrestricted.isEmpty()) {
            verdict = Verdict.fail(text + " allows every site to frame the page: " + Quote.list(unrestricted) + ".");
        } else if (!list.wildcardHosts().isEmpty()) {
            verdict = Verdict.warn(text + " allows every subdomain to frame the page.");
        } else if (!list.plainHttpHosts().isEmpty() || !list.bareSchemes().isEmpty()) {
            verdict = Verdict.warn(text + " allows sources other than https hosts.");
        } else {
            verdict = Verdict.pass(text + " restricts which sites may frame the page.");
        }
        return verdict.evidence(evidence);
    }

    private static Verdict evaluateFrameOptions(FinalDocument page) {
        Set<String> values = new TreeSet<>();
        ListValue.split(page.headers().all(XFO)).forEach(value -> values.add(value.toLowerCase(Locale.ROOT)));
        String quoted = Quote.list(List.copyOf(values));
        if (values.isEmpty()) {
            boolean inMeta = page.html().select("meta[http-equiv]").stream()
                    .anyMatch(meta -> meta.attr("http-equiv").strip().equalsIgnoreCase(XFO));
            return Verdict.fail(
                    inMeta
                            ? "X-Frame-Options is set in a meta element, where browsers ignore it; no header restricts framing."
                            : "Neither frame-ancestors nor X-Frame-Options is set: every site may frame the page.");
        }
        if (values.size() > 1) {
            return values.stream().anyMatch(KNOWN_VALUES::contains)
                    ? Verdict.warn("X-Frame-Options has conflicting values (" + quoted
                            + "): browsers block every frame, other clients may use any of the values.")
                    : Verdict.fail("X-Frame-Options has only values that browsers ignore: " + quoted + ".");
        }
        if (values.contains("deny") || values.contains("sameorigin")) {
            return Verdict.pass("X-Frame-Options is " + quoted + "; no frame-ancestors overrides it.");
        }
        return Verdict.fail(
                "X-Frame-Options is '" + quoted + "', which browsers ignore: every site may frame the page.");
    }
}
