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

/** Whether other sites may show the page in a frame and lure clicks into it. */
final class FramingCheck implements Check {
    private static final String XFO = "X-Frame-Options";
    private static final Set<String> KNOWN = Set.of("deny", "allowall", "sameorigin");
    private static final Definition DEFINITION = Definition.of("headers.framing", XFO, Category.HEADERS, 4)
            .describe("Only the site itself, or hosts it names, may show the page in a frame.")
            .remedy(
                    HeaderRemedy.send(
                            "Send a Content-Security-Policy with frame-ancestors; X-Frame-Options serves browsers without it.",
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
        return FinalDocument.judge(seen, page -> judge(page).evidence(page.evidence(XFO)));
    }

    /** HTML standard: where an enforced header policy has frame-ancestors, X-Frame-Options is not looked at. */
    private static Verdict judge(FinalDocument page) {
        List<SourceList> ancestors = Policies.of(page).fromHeader().stream()
                .flatMap(policy -> policy.directive("frame-ancestors").stream())
                .toList();
        if (ancestors.isEmpty()) {
            return byFrameOptions(page);
        }
        // Every policy is enforced, so the strictest list is what holds.
        return ancestors.stream()
                .map(FramingCheck::byAncestors)
                .min(Comparator.comparing(Verdict::outcome, Comparator.comparingInt(Outcome::ordinal)))
                .orElseThrow();
    }

    private static Verdict byAncestors(SourceList list) {
        String text = "frame-ancestors " + Quote.of(String.join(" ", list.expressions()));
        String evidence =
                Quote.line("Content-Security-Policy: frame-ancestors " + String.join(" ", list.expressions()));
        List<String> open = new ArrayList<>(list.anyHost());
        list.bareSchemes().stream()
                .filter(scheme -> scheme.matches("(?i)https?:"))
                .forEach(open::add);
        Verdict verdict;
        if (!open.isEmpty()) {
            verdict = Verdict.fail(text + " lets every site frame the page: " + Quote.list(open) + ".");
        } else if (!list.wildcardHosts().isEmpty()) {
            verdict = Verdict.warn(text + " lets every subdomain frame the page.");
        } else if (!list.plainHttpHosts().isEmpty() || !list.bareSchemes().isEmpty()) {
            verdict = Verdict.warn(text + " names more than https hosts.");
        } else {
            verdict = Verdict.pass(text + " decides who may frame the page.");
        }
        return verdict.evidence(evidence);
    }

    private static Verdict byFrameOptions(FinalDocument page) {
        Set<String> values = new TreeSet<>();
        ListValue.split(page.headers().all(XFO)).forEach(value -> values.add(value.toLowerCase(Locale.ROOT)));
        String shown = Quote.list(List.copyOf(values));
        if (values.isEmpty()) {
            boolean inMeta = page.html().select("meta[http-equiv]").stream()
                    .anyMatch(meta -> meta.attr("http-equiv").strip().equalsIgnoreCase(XFO));
            return Verdict.fail(
                    inMeta
                            ? "X-Frame-Options stands in a meta element, where browsers ignore it; no header limits framing."
                            : "Neither frame-ancestors nor X-Frame-Options: every site may frame the page.");
        }
        if (values.size() > 1) {
            return values.stream().anyMatch(KNOWN::contains)
                    ? Verdict.warn("X-Frame-Options has conflicting values (" + shown
                            + "): browsers refuse every frame, other clients choose.")
                    : Verdict.fail("X-Frame-Options has only values that browsers ignore: " + shown + ".");
        }
        if (values.contains("deny") || values.contains("sameorigin")) {
            return Verdict.pass("X-Frame-Options is " + shown + "; no frame-ancestors overrides it.");
        }
        return Verdict.fail(
                "X-Frame-Options is '" + shown + "', which browsers ignore: every site may frame the page.");
    }
}
