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

/** Whether the enforced policies keep an injected script from running. */
final class CspCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "headers.csp", "Content-Security-Policy", Category.HEADERS, 9)
            .describe("An enforced policy keeps injected scripts, plug-ins and base URLs from taking effect.")
            .remedy(
                    HeaderRemedy.send(
                            "Send a Content-Security-Policy that names where scripts may come from.",
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
                seen, page -> judge(seen, page).evidence(evidence(page)).remedy(ProposedPolicy.remedy(page)));
    }

    private static Verdict judge(Observations seen, FinalDocument page) {
        Policies policies = Policies.of(page);
        if (policies.all().isEmpty()) {
            return Verdict.fail(
                    page.headers().has(Policies.HEADER + "-Report-Only")
                            ? "Only Content-Security-Policy-Report-Only, which enforces nothing."
                            : "No Content-Security-Policy.");
        }
        List<String> fails = CspRules.fails(policies);
        if (!fails.isEmpty()) {
            return Verdict.fail("Weak policy: " + String.join("; ", fails) + ".");
        }
        List<String> warns = new ArrayList<>(CspRules.warns(policies));
        if (warns.isEmpty() && CspRules.restsOnNonceOrHash(policies) && repeatsNonce(seen, page, policies)) {
            warns.add("the same nonce on two fetches, so an attacker can know it");
        }
        return warns.isEmpty()
                ? Verdict.pass("Enforced policy limits scripts, inline script, plug-ins and eval." + notes(policies))
                : Verdict.warn("Policy with gaps: " + String.join("; ", warns) + ".");
    }

    /** @throws UnknownObservation when there are nonces but no second answer to compare them with */
    private static boolean repeatsNonce(Observations seen, FinalDocument page, Policies policies) {
        List<String> first = CspRules.nonces(policies);
        if (first.isEmpty()) {
            return false;
        }
        Exchange again = seen.site()
                .again()
                .value()
                .orElseThrow(() -> new UnknownObservation("the page was not fetched twice to compare its nonces"));
        Response second = again.response()
                .orElseThrow(() -> new UnknownObservation("the second fetch, to compare nonces, did not answer"));
        List<String> later = CspRules.nonces(Policies.of(new FinalDocument(again.url(), second, true)));
        if (second.status() != page.response().status() || later.isEmpty()) {
            // An error page or another variant proves nothing of the page that was judged.
            throw new UnknownObservation("the second fetch brought another kind of page, so nonces cannot be compared");
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
            notes.append(" Note: browsers ignore ")
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
