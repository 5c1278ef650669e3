package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.ReferrerPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** Checks that the referrer policy does not send paths and query strings of the site to other sites. */
final class ReferrerPolicyCheck implements Check {
    private static final String NAME = "Referrer-Policy";
    private static final Set<String> RESTRICTIVE =
            Set.of("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin");
    private static final Evaluator META = Selector.evaluatorOf("meta[name=referrer][content]");
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "headers.referrer-policy", NAME, CheckCategory.HEADERS, 3)
            .description("Other sites receive at most the origin, and nothing over plain http.")
            .remediation(HeaderRemediation.sendHeader(
                    "Send Referrer-Policy: strict-origin-when-cross-origin, or a stricter value.",
                    NAME,
                    "strict-origin-when-cross-origin",
                    "http.headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(\n"
                            + "        ReferrerPolicyHeaderWriter.ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN)));"))
            .references(
                    "https://www.w3.org/TR/referrer-policy/#parse-referrer-policy-from-header",
                    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Referrer-Policy")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return FinalResponse.evaluateHtml(seen, page -> {
            List<String> meta = page.html().select(META).stream()
                    .map(element -> element.attr("content"))
                    .toList();
            List<String> evidence = new ArrayList<>(page.headerEvidence(NAME));
            meta.stream().limit(3).forEach(content -> evidence.add(Excerpt.evidenceLine("meta referrer: " + content)));
            return evaluate(page.headers().all(NAME), meta).evidence(evidence);
        });
    }

    /** A policy in a meta element replaces the policy of the header, because browsers process it later. */
    private static CheckVerdict evaluate(List<String> lines, List<String> meta) {
        Optional<String> inMeta = meta.stream()
                .flatMap(content -> ReferrerPolicy.parseMeta(content).stream())
                .reduce((earlier, later) -> later);
        Optional<String> policy = inMeta.or(() -> ReferrerPolicy.parseHeader(lines));
        if (policy.isEmpty()) {
            return CheckVerdict.fail(
                    lines.isEmpty() && meta.isEmpty()
                            ? "No Referrer-Policy header and no referrer meta element."
                            : "Referrer-Policy has no value that browsers recognize.");
        }
        String description = policy.get()
                + (inMeta.isPresent() ? ", set by the meta element" : ", the last recognized value of the header");
        return RESTRICTIVE.contains(policy.get())
                ? CheckVerdict.pass(description + ".")
                : CheckVerdict.fail(description + "; it reveals too much to other sites.");
    }
}
