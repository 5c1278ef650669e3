package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules that a set of enforced policies must meet. Each rule returns a description of the violation, or empty. */
final class CspRules {
    private static final int MIN_NONCE_LENGTH = 8;
    private static final List<Function<EnforcedCsp, Optional<String>>> FAILS =
            List.of(CspRules::noScriptRule, CspRules::inlineScript, CspRules::anyScript, CspRules::anyPlugin);
    private static final List<Function<EnforcedCsp, Optional<String>>> WARNS = List.of(
            CspRules::eval,
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
                policies.anyMatch(policy -> policy.scriptSrc().isPresent()),
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

    /** Applies only if a policy has an object-src; otherwise {@link #noObjectSrc} reports the missing directive. */
    private static Optional<String> anyPlugin(EnforcedCsp policies) {
        List<CspSourceList> lists = policies.all().stream()
                .flatMap(policy -> policy.objectSrc().stream())
                .toList();
        return unless(
                lists.isEmpty()
                        || lists.stream().anyMatch(list -> unrestricted(list).isEmpty()),
                "plug-ins may come from anywhere: "
                        + HeaderExcerpt.joinFirst(lists.stream()
                                .flatMap(list -> unrestricted(list).stream())
                                .distinct()
                                .toList())
                        + " in the effective object-src");
    }

    private static Optional<String> eval(EnforcedCsp policies) {
        return unless(
                policies.anyMatch(policy -> policy.scriptSrc()
                        .filter(list -> !list.hasKeyword("'unsafe-eval'"))
                        .isPresent()),
                "'unsafe-eval' allows strings to be executed as code");
    }

    private static Optional<String> plainHttp(EnforcedCsp policies) {
        List<String> hosts = policies.all().stream()
                .flatMap(policy -> plainHttpHosts(policy).stream())
                .distinct()
                .toList();
        boolean met = policies.anyMatch(policy ->
                policy.scriptSrc().isPresent() && plainHttpHosts(policy).isEmpty());
        return unless(met || hosts.isEmpty(), "hosts over plain http: " + HeaderExcerpt.joinFirst(hosts));
    }

    private static List<String> plainHttpHosts(CspPolicy policy) {
        return policy.fetchDirectives().values().stream()
                .flatMap(list -> list.plainHttpSources().stream())
                .toList();
    }

    private static Optional<String> noObjectSrc(EnforcedCsp policies) {
        return unless(
                policies.anyMatch(policy -> policy.objectSrc().isPresent()),
                "object-src is not restricted although script-src is: add object-src 'none'");
    }

    /** An injected base element would redirect relative URLs of scripts with a valid nonce to another host. */
    private static Optional<String> noBaseUri(EnforcedCsp policies) {
        boolean limited = policies.anyMatch(policy -> policy.directive("base-uri")
                .filter(list -> unrestricted(list).isEmpty())
                .isPresent());
        return unless(limited || !reliesOnNonceOrHash(policies), "nonces or hashes are used without base-uri");
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
        List<String> unknown = policies.all().stream()
                .flatMap(policy -> policy.unknownDirectives().stream())
                .distinct()
                .toList();
        List<String> repeated = policies.all().stream()
                .flatMap(policy -> policy.duplicateDirectives().stream())
                .distinct()
                .toList();
        return Stream.of(
                        unless(unknown.isEmpty(), "unknown directive: " + HeaderExcerpt.joinFirst(unknown)),
                        unless(
                                repeated.isEmpty(),
                                "duplicate directive, only the first one applies: "
                                        + HeaderExcerpt.joinFirst(repeated)))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + "; " + other);
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

    private static List<String> unrestricted(CspSourceList list) {
        return Stream.concat(list.anyHostSources().stream(), list.schemeSources().stream())
                .toList();
    }
}
