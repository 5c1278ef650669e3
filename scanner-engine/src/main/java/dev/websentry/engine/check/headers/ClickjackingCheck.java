package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.HeaderListValue;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** Checks that {@code frame-ancestors} or {@code X-Frame-Options} protects the page against clickjacking. */
final class ClickjackingCheck implements Check {
    private static final String XFO = "X-Frame-Options";
    private static final Set<String> KNOWN_VALUES = Set.of("deny", "allowall", "sameorigin");
    private static final Evaluator META = Selector.evaluatorOf("meta[http-equiv]");
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "headers.framing", XFO, CheckCategory.HEADERS, 4)
            .description("Only the site itself, or hosts that it lists, may display the page in a frame.")
            .remediation(
                    HeaderRemediation.sendHeader(
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
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return FinalResponse.evaluateHtml(seen, page -> evaluate(page).evidence(page.headerEvidence(XFO)));
    }

    /** HTML standard: if an enforced header policy has frame-ancestors, X-Frame-Options is ignored. */
    private static CheckVerdict evaluate(FinalResponse page) {
        List<CspSourceList> ancestors = EnforcedCsp.of(page).fromHeader().stream()
                .flatMap(policy -> policy.directive("frame-ancestors").stream())
                .toList();
        if (ancestors.isEmpty()) {
            return evaluateFrameOptions(page);
        }
        // All policies are enforced, so the strictest list decides.
        return ancestors.stream()
                .map(ClickjackingCheck::evaluateFrameAncestors)
                .min(Comparator.comparing(CheckVerdict::outcome, Comparator.comparingInt(CheckOutcome::ordinal)))
                .orElseThrow();
    }

    private static CheckVerdict evaluateFrameAncestors(CspSourceList list) {
        String text = "frame-ancestors " + Excerpt.inSentence(String.join(" ", list.expressions()));
        String evidence = Excerpt.evidenceLine(
                "Content-Security-Policy: frame-ancestors " + String.join(" ", list.expressions()));
        List<String> unrestricted = new ArrayList<>(list.anyHostSources());
        list.schemeSources().stream()
                .filter(scheme -> scheme.matches("(?i)https?:"))
                .forEach(unrestricted::add);
        CheckVerdict verdict;
        if (!unrestricted.isEmpty()) {
            verdict = CheckVerdict.fail(
                    text + " allows every site to frame the page: " + Excerpt.joinFirst(unrestricted) + ".");
        } else if (!list.wildcardSubdomainSources().isEmpty()) {
            verdict = CheckVerdict.warn(text + " allows every subdomain to frame the page.");
        } else if (!list.plainHttpSources().isEmpty() || !list.schemeSources().isEmpty()) {
            verdict = CheckVerdict.warn(text + " allows sources other than https hosts.");
        } else {
            verdict = CheckVerdict.pass(text + " restricts which sites may frame the page.");
        }
        return verdict.evidence(evidence);
    }

    private static CheckVerdict evaluateFrameOptions(FinalResponse page) {
        Set<String> values = new TreeSet<>();
        HeaderListValue.split(page.headers().all(XFO)).forEach(value -> values.add(value.toLowerCase(Locale.ROOT)));
        String quoted = Excerpt.joinFirst(List.copyOf(values));
        if (values.isEmpty()) {
            boolean inMeta = page.html().select(META).stream()
                    .anyMatch(meta -> meta.attr("http-equiv").strip().equalsIgnoreCase(XFO));
            return CheckVerdict.fail(
                    inMeta
                            ? "X-Frame-Options is set in a meta element, where browsers ignore it; no header restricts framing."
                            : "Neither frame-ancestors nor X-Frame-Options is set: every site may frame the page.");
        }
        if (values.size() > 1) {
            return values.stream().anyMatch(KNOWN_VALUES::contains)
                    ? CheckVerdict.warn("X-Frame-Options has conflicting values (" + quoted
                            + "): browsers block every frame, other clients may use any of the values.")
                    : CheckVerdict.fail("X-Frame-Options has only values that browsers ignore: " + quoted + ".");
        }
        if (values.contains("deny") || values.contains("sameorigin")) {
            return CheckVerdict.pass("X-Frame-Options is " + quoted + "; no frame-ancestors overrides it.");
        }
        return CheckVerdict.fail(
                "X-Frame-Options is '" + quoted + "', which browsers ignore: every site may frame the page.");
    }
}
