package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.ArrayList;
import java.util.List;

/** Checks that the enforced Content Security Policies prevent injected scripts from running. */
final class CspCheck implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "headers.csp", "Content-Security-Policy", CheckCategory.HEADERS, 9)
            .description("An enforced policy prevents injected scripts, plug-ins and base URLs from taking effect.")
            .remediation(
                    HeaderRemediation.sendHeader(
                            "Send a Content-Security-Policy that restricts the sources of scripts.",
                            EnforcedCsp.HEADER_NAME,
                            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"))
            .references(
                    "https://www.w3.org/TR/CSP3/",
                    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP",
                    "https://cheatsheetseries.owasp.org/cheatsheets/Content_Security_Policy_Cheat_Sheet.html")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return FinalResponse.evaluateHtml(
                seen,
                page -> evaluate(seen, page).evidence(evidence(page)).withRemediation(SuggestedCsp.remediation(page)));
    }

    private static CheckVerdict evaluate(ScanObservations seen, FinalResponse page) {
        EnforcedCsp enforced = EnforcedCsp.of(page);
        if (enforced.all().isEmpty()) {
            return CheckVerdict.fail(missing(page));
        }
        EnforcedCsp policies = CspRules.deciding(enforced);
        List<String> failures = CspRules.failures(policies);
        if (!failures.isEmpty()) {
            return CheckVerdict.fail("Weak policy: " + String.join("; ", failures) + ".");
        }
        List<String> warnings = new ArrayList<>(CspRules.warnings(policies));
        if (warnings.isEmpty()
                && !CspRules.protectsWithout(policies, nonce -> true)
                && repeatsNonce(seen, page, policies)) {
            warnings.add("the same nonce in two responses, so an attacker can predict it");
        }
        return warnings.isEmpty()
                ? CheckVerdict.pass(
                        "The enforced policy restricts scripts, inline scripts, plug-ins and eval." + notes(enforced))
                : CheckVerdict.warn("The policy has gaps: " + String.join("; ", warnings) + ".");
    }

    private static String missing(FinalResponse page) {
        List<String> skipped = page.headers().all(EnforcedCsp.HEADER_NAME).stream()
                .flatMap(line -> CspPolicy.skippedDirectives(line).stream())
                .map(CspTypingErrors::withProbableMeaning)
                .toList();
        if (!skipped.isEmpty()) {
            return "No Content-Security-Policy is enforced: browsers skip directives with non-ASCII characters: "
                    + Excerpt.joinFirst(skipped) + ".";
        }
        return page.headers().has(EnforcedCsp.HEADER_NAME + "-Report-Only")
                ? "Only Content-Security-Policy-Report-Only is sent, which enforces nothing."
                : "No Content-Security-Policy is enforced.";
    }

    /**
     * Returns whether scripts are unrestricted for an attacker who read the nonces of another response.
     *
     * @throws UnobservedException if there is no second response to compare the nonces with
     */
    private static boolean repeatsNonce(ScanObservations seen, FinalResponse page, EnforcedCsp policies) {
        HttpExchange again = seen.site()
                .again()
                .value()
                .orElseThrow(() -> new UnobservedException("the page was not requested twice to compare its nonces"));
        Response second = again.response()
                .orElseThrow(
                        () -> new UnobservedException("the second request, which compares nonces, got no response"));
        List<String> later = CspRules.scriptNonces(EnforcedCsp.of(new FinalResponse(again.url(), second, true)));
        if (second.status() != page.response().status() || later.isEmpty()) {
            // An error page or another variant proves nothing about the evaluated page.
            throw new UnobservedException("the second request returned a different page, so nonces cannot be compared");
        }
        return !CspRules.protectsWithout(policies, later::contains);
    }

    private static String notes(EnforcedCsp policies) {
        StringBuilder notes = new StringBuilder();
        boolean styles = policies.anyMatch(
                        policy -> policy.effectiveDirective("style-src-attr", "style-src", "default-src")
                                .filter(list -> !list.allowsAllInlineStyle())
                                .isPresent())
                && policies.anyMatch(policy -> policy.effectiveDirective("style-src-elem", "style-src", "default-src")
                        .filter(list -> !list.allowsAllInlineStyle())
                        .isPresent());
        if (!styles) {
            notes.append(" Note: inline styles are allowed.");
        }
        List<String> plainHttp = plainHttpSources(policies);
        if (!plainHttp.isEmpty()) {
            notes.append(" Note: plain http is allowed: ")
                    .append(Excerpt.joinFirst(plainHttp))
                    .append('.');
        }
        List<String> malformed = policies.all().stream()
                .flatMap(policy -> policy.fetchDirectives().values().stream())
                .map(CspSourceList::malformedSources)
                .flatMap(List::stream)
                .distinct()
                .toList();
        if (!malformed.isEmpty()) {
            notes.append(" Note: browsers ignore these source expressions: ")
                    .append(Excerpt.joinFirst(malformed))
                    .append('.');
        }
        return notes.toString();
    }

    /** Returns the sources of images, styles and other resources that allow plain http, each with its directive. */
    private static List<String> plainHttpSources(EnforcedCsp policies) {
        return policies.all().stream()
                .flatMap(policy -> policy.fetchDirectives().entrySet().stream())
                .filter(directive -> policies.all().stream()
                        .flatMap(policy -> policy.effectiveDirective(directive.getKey(), "default-src").stream())
                        .allMatch(list -> !CspSourceScope.plainHttp(list).isEmpty()))
                .flatMap(directive -> CspSourceScope.plainHttp(directive.getValue()).stream()
                        .map(source -> source + " in " + directive.getKey()))
                .distinct()
                .toList();
    }

    private static List<String> evidence(FinalResponse page) {
        List<String> lines = new ArrayList<>(page.headerEvidence(EnforcedCsp.HEADER_NAME));
        lines.addAll(page.headerEvidence(EnforcedCsp.HEADER_NAME + "-Report-Only"));
        EnforcedCsp.of(page).fromMeta().stream()
                .limit(3)
                .forEach(policy ->
                        lines.add(Excerpt.evidenceLine("meta " + EnforcedCsp.HEADER_NAME + ": " + policy.text())));
        return lines.stream().limit(12).toList();
    }
}
