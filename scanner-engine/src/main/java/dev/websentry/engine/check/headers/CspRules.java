package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rules that a set of enforced policies must meet. Each rule returns a description of the violation, or empty. */
final class CspRules {
    private static final int MIN_NONCE_LENGTH = 8;
    private static final List<Function<EnforcedCsp, Optional<String>>> FAILS =
            List.of(CspRules::noScriptRule, CspRules::inlineScript, CspRules::anyScript, CspRules::anyPlugin);
    private static final List<Function<EnforcedCsp, Optional<String>>> WARNS = List.of(
            CspRules::eval,
            CspRules::scriptFromBlob,
            CspRules::sharedHosts,
            CspRules::plainHttp,
            CspRules::noObjectSrc,
            CspRules::noBaseUri,
            CspRules::shortNonce,
            CspRules::ineffectiveStrictDynamic,
            CspRules::typingErrors);

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
                "scripts may come from anywhere: " + HeaderExcerpt.joinFirst(unrestricted)
                        + " in the effective script-src");
    }

    /** Applies only if every policy has an object-src; otherwise {@link #noObjectSrc} reports the missing directive. */
    private static Optional<String> anyPlugin(EnforcedCsp policies) {
        List<String> unrestricted = policies.all().stream()
                .flatMap(policy -> policy.objectSrc().stream())
                .flatMap(list -> CspSourceScope.anywhere(list).stream())
                .distinct()
                .toList();
        return unless(
                restrictsPlugins(policies)
                        || policies.anyMatch(policy -> policy.objectSrc().isEmpty()),
                "plug-ins may come from anywhere: " + HeaderExcerpt.joinFirst(unrestricted)
                        + " in the effective object-src");
    }

    private static boolean restrictsPlugins(EnforcedCsp policies) {
        return policies.anyMatch(policy -> policy.objectSrc()
                .filter(list -> CspSourceScope.anywhere(list).isEmpty())
                .isPresent());
    }

    private static Optional<String> eval(EnforcedCsp policies) {
        return unless(
                policies.anyMatch(policy -> policy.scriptSrc()
                        .filter(list -> !list.hasKeyword("'unsafe-eval'"))
                        .isPresent()),
                "'unsafe-eval' allows strings to be executed as code");
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

    private static Optional<String> plainHttp(EnforcedCsp policies) {
        return unlessOnePolicyHasNone(policies, CspRules::plainHttpSources, "plain http is allowed: ");
    }

    /** Returns a violation unless a policy that restricts scripts has none of the sources. */
    private static Optional<String> unlessOnePolicyHasNone(
            EnforcedCsp policies, Function<CspPolicy, List<String>> sources, String violation) {
        List<String> found = policies.all().stream()
                .flatMap(policy -> sources.apply(policy).stream())
                .distinct()
                .toList();
        boolean met = policies.restrictingScripts().stream()
                .anyMatch(policy -> sources.apply(policy).isEmpty());
        return unless(met || found.isEmpty(), violation + HeaderExcerpt.joinFirst(found));
    }

    /** Applies a rule to the sources of scripts; {@code 'strict-dynamic'} makes hosts and schemes ineffective. */
    private static List<String> effectiveSources(CspPolicy policy, Function<CspSourceList, List<String>> rule) {
        return policy.scriptSrcElem()
                .filter(list -> !list.hasKeyword("'strict-dynamic'"))
                .map(rule)
                .orElse(List.of());
    }

    private static List<String> plainHttpSources(CspPolicy policy) {
        return policy.fetchDirectives().entrySet().stream()
                .filter(directive -> !directive.getKey().startsWith("script-src")
                        || (!policy.forbidsScripts() && !directive.getValue().hasKeyword("'strict-dynamic'")))
                .flatMap(directive -> CspSourceScope.plainHttp(directive.getValue()).stream()
                        .map(source -> source + " in " + directive.getKey()))
                .toList();
    }

    private static Optional<String> noObjectSrc(EnforcedCsp policies) {
        return unless(
                restrictsPlugins(policies),
                "object-src is not restricted although script-src is: add object-src 'none'");
    }

    /**
     * An injected base element redirects relative URLs to another host. Scripts with a valid nonce, and scripts that
     * trusted scripts load under {@code 'strict-dynamic'}, then come from there; a hash determines the content.
     */
    private static Optional<String> noBaseUri(EnforcedCsp policies) {
        boolean limited = policies.anyMatch(policy -> policy.directive("base-uri")
                .filter(list -> CspSourceScope.anywhere(list).isEmpty())
                .isPresent());
        List<CspPolicy> restricting = policies.restrictingScripts();
        boolean unneeded = restricting.isEmpty()
                || restricting.stream()
                        .anyMatch(policy -> !policy.scriptSrcElem()
                                .filter(list -> !list.nonces().isEmpty()
                                        || (list.hasHash() && list.hasKeyword("'strict-dynamic'")))
                                .isPresent());
        return unless(limited || unneeded, "nonces or 'strict-dynamic' are used without base-uri");
    }

    private static Optional<String> shortNonce(EnforcedCsp policies) {
        boolean tooShort = scriptNonces(policies).stream().anyMatch(nonce -> nonce.length() < MIN_NONCE_LENGTH);
        return unless(
                !tooShort || !reliesOnNonceOrHash(policies),
                "a nonce is shorter than " + MIN_NONCE_LENGTH + " characters");
    }

    private static Optional<String> ineffectiveStrictDynamic(EnforcedCsp policies) {
        return unless(
                policies.restrictingScripts().stream()
                        .anyMatch(policy -> policy.scriptSrcElem()
                                .filter(list -> !list.hasKeyword("'strict-dynamic'") || list.hasNonceOrHash())
                                .isPresent()),
                "'strict-dynamic' without nonce or hash, so no script runs");
    }

    private static Optional<String> typingErrors(EnforcedCsp policies) {
        List<String> errors = policies.all().stream()
                .flatMap(policy -> CspTypingErrors.of(policy).stream())
                .distinct()
                .toList();
        return unless(errors.isEmpty(), String.join("; ", errors));
    }

    /**
     * Returns the policies that decide. Those without typing errors decide if they have no violation, because the
     * others can only restrict the page further.
     */
    static EnforcedCsp deciding(EnforcedCsp policies) {
        EnforcedCsp correct =
                policies.filter(policy -> CspTypingErrors.of(policy).isEmpty());
        return failures(correct).isEmpty() && warnings(correct).isEmpty() ? correct : policies;
    }

    /** Returns whether the protection depends on nonces or hashes: every restrictive policy uses one. */
    static boolean reliesOnNonceOrHash(EnforcedCsp policies) {
        List<CspPolicy> restrictive = policies.restrictingScripts();
        return !restrictive.isEmpty()
                && restrictive.stream()
                        .allMatch(policy -> policy.scriptSrcElem()
                                .filter(CspSourceList::hasNonceOrHash)
                                .isPresent());
    }

    /** Returns the distinct nonces that script elements may carry. */
    static List<String> scriptNonces(EnforcedCsp policies) {
        return policies.all().stream()
                .flatMap(policy -> policy.scriptSrcElem().stream())
                .flatMap(list -> list.nonces().stream())
                .distinct()
                .toList();
    }
}
