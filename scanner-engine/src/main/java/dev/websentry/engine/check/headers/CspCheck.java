package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.csp.SourceList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Checks that the enforced Content Security Policies prevent injected scripts from running. */
final class CspCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "headers.csp", "Content-Security-Policy", Category.HEADERS, 9)
            .describe("An enforced policy prevents injected scripts, plug-ins and base URLs from taking effect.")
            .remedy(
                    HeaderRemedy.send(
                            "Send a Content-Security-Policy that restricts the sources of scripts.",
                            Policies.HEADER,
                            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"))
            .references(
                    "https://www.w3.org/TR/CSP3/",
                    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP",
                    "https://cheatsheetseries.owasp.org/cheatsheets/Content_Security_Policy_Cheat_Sheet.html")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return FinalDocument.judge(
                seen, page -> evaluate(seen, page).evidence(evidence(page)).remedy(ProposedPolicy.remedy(page)));
    }

    private static Verdict evaluate(Observations seen, FinalDocument page) {
        Policies policies = Policies.of(page);
        if (policies.all().isEmpty()) {
            return Verdict.fail(
                    page.headers().has(Policies.HEADER + "-Report-Only")
                            ? "Only Content-Security-Policy-Report-Only is sent, which enforces nothing."
                            : "No Content-Security-Policy is enforced.");
        }
        List<String> failures = CspRules.fails(policies);
        if (!failures.isEmpty()) {
            return Verdict.fail("Weak policy: " + String.join("; ", failures) + ".");
        }
        List<String> warnings = new ArrayList<>(CspRules.warns(policies));
        if (warnings.isEmpty() && CspRules.restsOnNonceOrHash(policies) && repeatsNonce(seen, page, policies)) {
            warnings.add("the same nonce in two responses, so an attacker can predict it");
        }
        return warnings.isEmpty()
                ? Verdict.pass(
                        "The enforced policy restricts scripts, inline scripts, plug-ins and eval." + notes(policies))
                : Verdict.warn("The policy has gaps: " + String.join("; ", warnings) + ".");
    }

    /**
     * Returns whether two responses carried the same nonce.
     *
     * @throws UnknownObservation if there are nonces but no second response to compare them with
     */
    private static boolean repeatsNonce(Observations seen, FinalDocument page, Policies policies) {
        List<String> first = CspRules.nonces(policies);
        if (first.isEmpty()) {
            return false;
        }
        Exchange again = seen.site()
                .again()
                .value()
                .orElseThrow(() -> new UnknownObservation("the page was not requested twice to compare its nonces"));
        Response second = again.response()
                .orElseThrow(
                        () -> new UnknownObservation("the second request, which compares nonces, got no response"));
        List<String> later = CspRules.nonces(Policies.of(new FinalDocument(again.url(), second, true)));
        if (second.status() != page.response().status() || later.isEmpty()) {
            // An error page or another variant proves nothing about the evaluated page.
            throw new UnknownObservation("the second request returned a different page, so nonces cannot be compared");
        }
        return !Collections.disjoint(first, later);
    }

    private static String notes(Policies policies) {
        StringBuilder notes = new StringBuilder();
        boolean styles = policies.any(policy -> policy.effective("style-src-attr", "style-src", "default-src")
                        .filter(list -> !list.allowsAllInlineStyle())
                        .isPresent())
                && policies.any(policy -> policy.effective("style-src-elem", "style-src", "default-src")
                        .filter(list -> !list.allowsAllInlineStyle())
                        .isPresent());
        if (!styles) {
            notes.append(" Note: inline styles are allowed.");
        }
        List<String> malformed = policies.all().stream()
                .flatMap(policy -> policy.fetchDirectives().values().stream())
                .map(SourceList::malformed)
                .flatMap(List::stream)
                .distinct()
                .toList();
        if (!malformed.isEmpty()) {
            notes.append(" Note: browsers ignore these source expressions: ")
                    .append(Quote.list(malformed))
                    .append('.');
        }
        return notes.toString();
    }

    private static List<String> evidence(FinalDocument page) {
        List<String> lines = new ArrayList<>(page.evidence(Policies.HEADER));
        lines.addAll(page.evidence(Policies.HEADER + "-Report-Only"));
        Policies.of(page).fromMeta().stream()
                .limit(3)
                .forEach(policy -> lines.add(Quote.line("meta " + Policies.HEADER + ": " + policy.text())));
        return lines.stream().limit(12).toList();
    }
}
