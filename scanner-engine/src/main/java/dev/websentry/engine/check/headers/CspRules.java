package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.csp.SourceList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a set of enforced policies must not leave open. Each rule is a complaint, or nothing. */
final class CspRules {
    private static final int SHORTEST_NONCE = 8;
    private static final List<Function<Policies, Optional<String>>> FAILS =
            List.of(CspRules::noScriptRule, CspRules::inlineScript, CspRules::anyScript, CspRules::anyPlugin);
    private static final List<Function<Policies, Optional<String>>> WARNS = List.of(
            CspRules::eval,
            CspRules::plainHttp,
            CspRules::noObjectSrc,
            CspRules::noBaseUri,
            CspRules::shortNonce,
            CspRules::aimlessStrictDynamic,
            CspRules::slips);

    private CspRules() {}

    /** What makes the policies worthless against injected script, gravest first. */
    static List<String> fails(Policies policies) {
        return FAILS.stream().flatMap(rule -> rule.apply(policies).stream()).toList();
    }

    /** What weakens them. */
    static List<String> warns(Policies policies) {
        return WARNS.stream().flatMap(rule -> rule.apply(policies).stream()).toList();
    }

    private static Optional<String> unless(boolean met, String complaint) {
        return met ? Optional.empty() : Optional.of(complaint);
    }

    private static Optional<String> noScriptRule(Policies policies) {
        return unless(
                policies.any(policy -> policy.scriptSrc().isPresent()),
                "neither script-src nor default-src, so any script may run");
    }

    private static Optional<String> inlineScript(Policies policies) {
        boolean elements = policies.any(policy -> !Policies.allowsInline(policy.scriptSrcElem()));
        boolean attributes = policies.any(policy -> !Policies.allowsInline(policy.scriptSrcAttr()));
        return unless(
                elements && attributes,
                elements
                        ? "inline event handlers may run: 'unsafe-inline' without nonce or hash"
                        : "inline script may run: 'unsafe-inline' without nonce, hash or 'strict-dynamic'");
    }

    private static Optional<String> anyScript(Policies policies) {
        List<String> open = policies.all().stream()
                .flatMap(policy -> Policies.openScriptSources(policy).stream())
                .distinct()
                .toList();
        // Without a list of sources there is none to name; that there is no list is a complaint of its own.
        return unless(
                open.isEmpty()
                        || policies.any(policy -> policy.scriptSrcElem().isPresent()
                                && Policies.openScriptSources(policy).isEmpty()),
                "scripts may come from anywhere: " + Quote.list(open) + " in the effective script-src");
    }

    /** Where no policy has an object-src at all, {@link #noObjectSrc} speaks. */
    private static Optional<String> anyPlugin(Policies policies) {
        List<SourceList> lists = policies.all().stream()
                .flatMap(policy -> policy.objectSrc().stream())
                .toList();
        return unless(
                lists.isEmpty() || lists.stream().anyMatch(list -> open(list).isEmpty()),
                "plug-ins may come from anywhere: "
                        + Quote.list(lists.stream()
                                .flatMap(list -> open(list).stream())
                                .distinct()
                                .toList())
                        + " in the effective object-src");
    }

    private static Optional<String> eval(Policies policies) {
        return unless(
                policies.any(policy -> policy.scriptSrc()
                        .filter(list -> !list.hasKeyword("'unsafe-eval'"))
                        .isPresent()),
                "'unsafe-eval' lets strings become code");
    }

    private static Optional<String> plainHttp(Policies policies) {
        List<String> hosts = policies.all().stream()
                .flatMap(policy -> plainHttpHosts(policy).stream())
                .distinct()
                .toList();
        boolean met = policies.any(policy ->
                policy.scriptSrc().isPresent() && plainHttpHosts(policy).isEmpty());
        return unless(met || hosts.isEmpty(), "hosts over plain http: " + Quote.list(hosts));
    }

    private static List<String> plainHttpHosts(CspPolicy policy) {
        return policy.fetchDirectives().values().stream()
                .flatMap(list -> list.plainHttpHosts().stream())
                .toList();
    }

    private static Optional<String> noObjectSrc(Policies policies) {
        return unless(
                policies.any(policy -> policy.objectSrc().isPresent()),
                "object-src is open although script-src is not: add object-src 'none'");
    }

    /** An injected base element would turn relative script URLs, which a nonce vouches for, to another host. */
    private static Optional<String> noBaseUri(Policies policies) {
        boolean limited = policies.any(policy -> policy.directive("base-uri")
                .filter(list -> open(list).isEmpty())
                .isPresent());
        return unless(limited || !restsOnNonceOrHash(policies), "nonces or hashes without base-uri");
    }

    private static Optional<String> shortNonce(Policies policies) {
        boolean tooShort = nonces(policies).stream().anyMatch(nonce -> nonce.length() < SHORTEST_NONCE);
        return unless(!tooShort || !restsOnNonceOrHash(policies), "a nonce of under " + SHORTEST_NONCE + " characters");
    }

    private static Optional<String> aimlessStrictDynamic(Policies policies) {
        return unless(
                policies.closed().stream()
                        .anyMatch(policy -> policy.scriptSrcElem()
                                .filter(list -> !list.hasKeyword("'strict-dynamic'") || list.hasNonceOrHash())
                                .isPresent()),
                "'strict-dynamic' without nonce or hash, so no script runs");
    }

    private static Optional<String> slips(Policies policies) {
        List<String> unknown = policies.all().stream()
                .flatMap(policy -> policy.unknown().stream())
                .distinct()
                .toList();
        List<String> twice = policies.all().stream()
                .flatMap(policy -> policy.duplicates().stream())
                .distinct()
                .toList();
        return Stream.of(
                        unless(unknown.isEmpty(), "unknown directive: " + Quote.list(unknown)),
                        unless(twice.isEmpty(), "directive given twice, the first counts: " + Quote.list(twice)))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + "; " + other);
    }

    /** Whether the protection depends on a nonce or a hash: no closed policy does without. */
    static boolean restsOnNonceOrHash(Policies policies) {
        List<CspPolicy> closed = policies.closed();
        return !closed.isEmpty()
                && closed.stream()
                        .allMatch(policy -> policy.scriptSrcElem()
                                .filter(SourceList::hasNonceOrHash)
                                .isPresent());
    }

    /** The nonces that scripts may carry. */
    static List<String> nonces(Policies policies) {
        return policies.all().stream()
                .flatMap(policy -> policy.scriptSrcElem().stream())
                .flatMap(list -> list.nonces().stream())
                .distinct()
                .toList();
    }

    private static List<String> open(SourceList list) {
        return Stream.concat(list.anyHost().stream(), list.bareSchemes().stream())
                .toList();
    }
}
