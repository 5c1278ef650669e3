package dev.websentry.engine.pki;

import dev.websentry.engine.pki.PolicyExtensions.Mapping;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Validates the certificate policies of a path (RFC 5280 section 6.1) for clients that accept any policy. As RFC 9618
 * recommends, each level is a set of policies instead of a tree, which can grow exponentially. Not thread-safe.
 */
final class PolicyValidator {
    private static final Set<String> ANY = Set.of(PolicyExtensions.ANY_POLICY);

    /** The valid policies of the last certificate, with those expected in the next one; empty if none is valid. */
    private Map<String, Set<String>> level = Map.of(PolicyExtensions.ANY_POLICY, ANY);

    private int explicitPolicy;
    private int policyMapping;
    private int inhibitAny;

    /**
     * Starts a validation.
     *
     * @param certificates the number of certificates in the path, without the anchor
     */
    PolicyValidator(int certificates) {
        explicitPolicy = certificates + 1;
        policyMapping = certificates + 1;
        inhibitAny = certificates + 1;
    }

    /**
     * Processes the next certificate, from the one below the anchor down to the leaf.
     *
     * @return false if no policy is valid although one is required
     */
    boolean accept(PolicyExtensions extensions, boolean selfIssued, boolean leaf) {
        level = next(extensions.policies(), inhibitAny > 0 || (!leaf && selfIssued));
        if (explicitPolicy == 0 && level.isEmpty()) {
            return false;
        }
        if (leaf) {
            explicitPolicy = Math.max(0, explicitPolicy - 1);
            if (extensions.requireExplicit().equals(OptionalInt.of(0))) {
                explicitPolicy = 0;
            }
            return explicitPolicy > 0 || !level.isEmpty();
        }
        applyMappings(extensions);
        if (!selfIssued) {
            explicitPolicy = Math.max(0, explicitPolicy - 1);
            policyMapping = Math.max(0, policyMapping - 1);
            inhibitAny = Math.max(0, inhibitAny - 1);
        }
        explicitPolicy = Math.min(explicitPolicy, extensions.requireExplicit().orElse(explicitPolicy));
        policyMapping = Math.min(policyMapping, extensions.inhibitMapping().orElse(policyMapping));
        inhibitAny = Math.min(inhibitAny, extensions.inhibitAny().orElse(inhibitAny));
        return true;
    }

    /** Applies section 6.1.3 (d) and (e). */
    private Map<String, Set<String>> next(Optional<Set<String>> policies, boolean anyAllowed) {
        Map<String, Set<String>> next = new LinkedHashMap<>();
        if (policies.isEmpty() || level.isEmpty()) {
            return next;
        }
        Set<String> expected = new HashSet<>();
        level.values().forEach(expected::addAll);
        boolean any = level.containsKey(PolicyExtensions.ANY_POLICY);
        for (String policy : policies.get()) {
            if (!policy.equals(PolicyExtensions.ANY_POLICY) && (any || expected.contains(policy))) {
                next.put(policy, Set.of(policy));
            }
        }
        if (anyAllowed && policies.get().contains(PolicyExtensions.ANY_POLICY)) {
            expected.forEach(policy -> next.putIfAbsent(policy, Set.of(policy)));
        }
        return next;
    }

    /** Applies section 6.1.4 (b). */
    private void applyMappings(PolicyExtensions extensions) {
        Map<String, Set<String>> mapped = new LinkedHashMap<>();
        for (Mapping mapping : extensions.mappings()) {
            mapped.computeIfAbsent(mapping.issuerPolicy(), key -> new HashSet<>())
                    .add(mapping.subjectPolicy());
        }
        boolean any = level.containsKey(PolicyExtensions.ANY_POLICY);
        mapped.forEach((policy, subjects) -> {
            if (policyMapping == 0) {
                level.remove(policy);
            } else if (any || level.containsKey(policy)) {
                level.put(policy, subjects);
            }
        });
    }
}
