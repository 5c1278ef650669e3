package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Rules that a set of enforced policies must meet. Each rule returns a description of the violation, or empty. */
final class CspRules {
    private static final int MIN_NONCE_LENGTH = 8;
    private static final List<Function<EnforcedCsp, Optional<String>>> FAILS =
            List.of(CspRules::noScriptRule, CspRules::inlineScript, CspRules::anyScript);
    private static final List<Function<EnforcedCsp, Optional<String>>> WARNS = List.of(
            CspRules::eval,
            CspRules::scriptFromBlob,
            CspRules::sharedHosts,
            CspRules::scriptOverPlainHttp,
            CspRules::pluginOverPlainHttp,
            CspRules::anyPlugin,
            CspRules::noBaseUri,
            CspRules::shortNonce,
            CspRules::mistakes);

    private CspRules() {}

    /** Returns the violations that make the policies useless against injected scripts, the most severe first. */
    static List<String> failures(EnforcedCsp policies) {
        return FAILS.stream().flatMap(rule -> rule.apply(policies).stream()).toList();
    }

    /** Returns the violations that only weaken the policies. */
    static List<String> warnings(EnforcedCsp policies) {
        return WARNS.stream().flatMap(rule -> rule.apply(policies).stream()).toList();
    }

    private static Optional<String> unless(boolean met, String violation) {
        return met ? Optional.empty() : Optional.of(violation);
    }

    private static Optional<String> noScriptRule(EnforcedCsp policies) {
        return unless(
                policies.anyMatch(policy -> policy.scriptSrcElem().isPresent()),
                "neither script-src nor default-src is set, so any script may run");
    }

    private static Optional<String> inlineScript(EnforcedCsp policies) {
        boolean elements = policies.anyMatch(policy -> !EnforcedCsp.allowsAllInlineScript(policy.scriptSrcElem()));
        boolean attributes = policies.anyMatch(policy -> !EnforcedCsp.allowsAllInlineScript(policy.scriptSrcAttr()));
        return unless(
                elements && attributes,
                elements
                        ? "inline event handlers may run: 'unsafe-inline' without nonce or hash"
                        : "inline scripts may run: 'unsafe-inline' without nonce, hash or 'strict-dynamic'");
    }

    private static Optional<String> anyScript(EnforcedCsp policies) {
        List<String> unrestricted = policies.all().stream()
                .flatMap(policy -> EnforcedCsp.unrestrictedScriptSources(policy).stream())
                .distinct()
                .toList();
        // Without a source list there are no sources to report; rule noScriptRule reports the missing list.
        return unless(
                unrestricted.isEmpty()
                        || policies.anyMatch(policy -> policy.scriptSrcElem().isPresent()
                                && EnforcedCsp.unrestrictedScriptSources(policy).isEmpty()),
                "scripts may come from anywhere: " + Excerpt.joinFirst(unrestricted) + " in the effective script-src");
    }

    /**
     * An open object-src counts like a missing one, which allows more. Neither fails: browsers no longer support
     * plug-ins, and the documents that object and embed elements load have an origin of their own.
     */
    private static Optional<String> anyPlugin(EnforcedCsp policies) {
        List<String> unrestricted = policies.all().stream()
                .flatMap(policy -> policy.objectSrc().stream())
                .flatMap(list -> CspSourceScope.anywhere(list).stream())
                .distinct()
                .toList();
        return unless(
                policies.anyMatch(CspRules::restrictsPlugins),
                unrestricted.isEmpty()
                        ? "object-src is not restricted although script-src is: add object-src 'none'"
                        : "plug-ins may come from anywhere: " + Excerpt.joinFirst(unrestricted)
                                + " in the effective object-src");
    }

    private static boolean restrictsPlugins(CspPolicy policy) {
        return policy.objectSrc()
                .filter(list -> CspSourceScope.anywhere(list).isEmpty())
                .isPresent();
    }

    private static Optional<String> eval(EnforcedCsp policies) {
        return unless(
                policies.anyMatch(policy -> policy.scriptSrc()
                        .filter(list -> !list.hasKeyword("'unsafe-eval'"))
                        .isPresent()),
                policies.anyMatch(policy -> policy.scriptSrc().isPresent())
                        ? "'unsafe-eval' allows strings to be executed as code"
                        : "strings may be executed as code: only script-src or default-src forbids it");
    }

    /** The asterisk does not match blob URLs (CSP3 section 6.7.2.8), because the page itself creates their content. */
    private static Optional<String> scriptFromBlob(EnforcedCsp policies) {
        return unlessOnePolicyHasNone(
                policies,
                policy -> effectiveSources(policy, CspSourceScope::createdByThePage),
                "scripts may come from URLs that the page creates: ");
    }

    private static Optional<String> sharedHosts(EnforcedCsp policies) {
        return unlessOnePolicyHasNone(
                policies,
                policy -> effectiveSources(policy, SharedScriptHosts::allowedBy),
                "anyone can serve scripts from ");
    }

    private static Optional<String> scriptOverPlainHttp(EnforcedCsp policies) {
        return unlessOnePolicyHasNone(
                policies, policy -> effectiveSources(policy, CspSourceScope::plainHttp), "scripts over plain http: ");
    }

    private static Optional<String> pluginOverPlainHttp(EnforcedCsp policies) {
        Function<CspPolicy, List<String>> sources =
                policy -> policy.objectSrc().map(CspSourceScope::plainHttp).orElse(List.of());
        return unlessNone(
                policies.all().stream().filter(CspRules::restrictsPlugins).toList(),
                sources,
                found(policies, sources),
                "plug-ins over plain http: ");
    }

    /** Returns a violation unless a policy that restricts the sources of scripts has none of the given sources. */
    private static Optional<String> unlessOnePolicyHasNone(
            EnforcedCsp policies, Function<CspPolicy, List<String>> sources, String violation) {
        return unlessNone(policies.restrictingSources(), sources, found(policies, sources), violation);
    }

    private static Optional<String> unlessNone(
            List<CspPolicy> restricting,
            Function<CspPolicy, List<String>> sources,
            List<String> found,
            String violation) {
        boolean met =
                restricting.stream().anyMatch(policy -> sources.apply(policy).isEmpty());
        return unless(met || found.isEmpty(), violation + Excerpt.joinFirst(found));
    }

    private static List<String> found(EnforcedCsp policies, Function<CspPolicy, List<String>> sources) {
        return policies.all().stream()
                .flatMap(policy -> sources.apply(policy).stream())
                .distinct()
                .toList();
    }

    /** Applies a rule to the sources of scripts; {@code 'strict-dynamic'} makes hosts and schemes ineffective. */
    private static List<String> effectiveSources(CspPolicy policy, Function<CspSourceList, List<String>> rule) {
        return policy.scriptSrcElem()
                .filter(list -> !list.hasKeyword("'strict-dynamic'"))
                .map(rule)
                .orElse(List.of());
    }

    /**
     * An injected base element redirects relative URLs to another host. Scripts with a valid nonce, and scripts that
     * trusted scripts load under {@code 'strict-dynamic'}, then come from there; a hash determines the content.
     */
    private static Optional<String> noBaseUri(EnforcedCsp policies) {
        boolean limited = policies.anyMatch(policy -> policy.directive("base-uri")
                .filter(list -> CspSourceScope.anywhere(list).isEmpty())
                .isPresent());
        boolean unneeded = policies.restrictingSources().stream()
                .anyMatch(policy -> policy.scriptSrcElem()
                        .filter(list ->
                                list.nonces().isEmpty() && !(list.hasHash() && list.hasKeyword("'strict-dynamic'")))
                        .isPresent());
        return unless(limited || unneeded, "nonces or 'strict-dynamic' are used without base-uri");
    }

    private static Optional<String> shortNonce(EnforcedCsp policies) {
        return unless(
                protectsWithout(policies, CspRules::isTooShort),
                "a nonce is shorter than " + MIN_NONCE_LENGTH + " characters");
    }

    private static boolean isTooShort(String nonce) {
        return nonce.length() < MIN_NONCE_LENGTH;
    }

    private static Optional<String> mistakes(EnforcedCsp policies) {
        List<String> mistakes = policies.all().stream()
                .flatMap(policy -> mistakes(policy).stream())
                .distinct()
                .toList();
        return unless(mistakes.isEmpty(), String.join("; ", mistakes));
    }

    /** Returns what the author of a policy certainly did not intend. */
    private static List<String> mistakes(CspPolicy policy) {
        boolean noScriptRuns = policy.scriptSrcElem()
                .filter(list -> list.hasKeyword("'strict-dynamic'") && !list.hasNonceOrHash())
                .isPresent();
        return Stream.concat(
                        noScriptRuns
                                ? Stream.of("'strict-dynamic' without nonce or hash, so no script runs")
                                : Stream.of(),
                        CspTypingErrors.of(policy).stream())
                .toList();
    }

    /**
     * Returns the policies that decide. Those without mistakes decide if they have no violation, because the others
     * can only restrict the page further.
     */
    static EnforcedCsp deciding(EnforcedCsp policies) {
        EnforcedCsp correct = policies.filter(policy -> mistakes(policy).isEmpty());
        return failures(correct).isEmpty() && warnings(correct).isEmpty() ? correct : policies;
    }

    /**
     * Returns whether scripts stay restricted if an attacker knows some of the nonces.
     *
     * @param policies the policies
     * @param known selects the nonces that the attacker knows
     */
    static boolean protectsWithout(EnforcedCsp policies, Predicate<String> known) {
        return scriptNonces(policies).stream().noneMatch(known)
                || policies.restrictingScripts().stream()
                        .anyMatch(policy -> nonces(policy).stream().noneMatch(known));
    }

    /** Returns the distinct nonces that script elements may carry. */
    static List<String> scriptNonces(EnforcedCsp policies) {
        return policies.all().stream()
                .flatMap(policy -> nonces(policy).stream())
                .distinct()
                .toList();
    }

    private static List<String> nonces(CspPolicy policy) {
        return policy.scriptSrcElem().map(CspSourceList::nonces).orElse(List.of());
    }
}
