package dev.websentry.engine.pki;

import dev.websentry.engine.pki.CertificateFields.CertificateExtension;
import dev.websentry.engine.syntax.DerElement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The policy extensions of a certificate (RFC 5280 sections 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14).
 *
 * @param policies the certificate policies, if the extension is present
 * @param mappings the policy mappings
 * @param requireExplicit the number of certificates below which a policy is required, if any
 * @param inhibitMapping the number of certificates below which mappings are ignored, if any
 * @param inhibitAny the number of certificates below which anyPolicy is ignored, if any
 */
record PolicyExtensions(
        Optional<Set<String>> policies,
        List<Mapping> mappings,
        OptionalInt requireExplicit,
        OptionalInt inhibitMapping,
        OptionalInt inhibitAny) {
    static final String POLICIES = "2.5.29.32";
    static final String MAPPINGS = "2.5.29.33";
    static final String CONSTRAINTS = "2.5.29.36";
    static final String INHIBIT_ANY = "2.5.29.54";
    static final String ANY_POLICY = "2.5.29.32.0";

    private static final int REQUIRE_EXPLICIT = 0x80;
    private static final int INHIBIT_MAPPING = 0x81;
    /** More policies than any CA uses; the work is the product of policies and mappings. */
    private static final int MAX_POLICIES = 256;

    /**
     * A pair of policies that the issuing CA considers equivalent.
     *
     * @param issuerPolicy the policy of the issuer
     * @param subjectPolicy the policy of the subject
     */
    record Mapping(String issuerPolicy, String subjectPolicy) {}

    PolicyExtensions {
        policies = policies.map(Set::copyOf);
        mappings = List.copyOf(mappings);
    }

    /**
     * Reads the extensions.
     *
     * @throws MalformedCertificateException if an extension does not have the format of RFC 5280
     */
    static PolicyExtensions of(CertificateFields fields) {
        Optional<DerElement> constraints =
                fields.extension(CONSTRAINTS).map(extension -> extension.parsed(DerElement.SEQUENCE));
        return new PolicyExtensions(
                fields.extension(POLICIES).map(CertificateExtensions.read(PolicyExtensions::policies)),
                fields.extension(MAPPINGS)
                        .map(CertificateExtensions.read(PolicyExtensions::mappings))
                        .orElse(List.of()),
                constraints
                        .map(CertificateExtensions.read(sequence -> skip(sequence, REQUIRE_EXPLICIT)))
                        .orElse(OptionalInt.empty()),
                constraints
                        .map(CertificateExtensions.read(sequence -> skip(sequence, INHIBIT_MAPPING)))
                        .orElse(OptionalInt.empty()),
                fields.extension(INHIBIT_ANY)
                        .map(CertificateExtensions.read(extension ->
                                OptionalInt.of(CertificateExtensions.count(extension.parsed(DerElement.INTEGER)))))
                        .orElse(OptionalInt.empty()));
    }

    private static Set<String> policies(CertificateExtension extension) {
        Set<String> policies = new LinkedHashSet<>();
        List<DerElement> all = extension.parsed(DerElement.SEQUENCE).children();
        require(!all.isEmpty() && all.size() <= MAX_POLICIES);
        for (DerElement information : all) {
            // Section 4.2.1.4: a policy must not occur twice.
            require(policies.add(information.children().get(0).objectIdentifier()));
        }
        return policies;
    }

    private static List<Mapping> mappings(CertificateExtension extension) {
        List<Mapping> mappings = new ArrayList<>();
        List<DerElement> all = extension.parsed(DerElement.SEQUENCE).children();
        require(!all.isEmpty() && all.size() <= MAX_POLICIES);
        for (DerElement pair : all) {
            List<DerElement> parts = pair.children();
            Mapping mapping =
                    new Mapping(parts.get(0).objectIdentifier(), parts.get(1).objectIdentifier());
            // Section 6.1.4 (a).
            require(!mapping.issuerPolicy().equals(ANY_POLICY)
                    && !mapping.subjectPolicy().equals(ANY_POLICY));
            mappings.add(mapping);
        }
        return mappings;
    }

    private static OptionalInt skip(DerElement constraints, int tag) {
        require(!constraints.children().isEmpty());
        return constraints.firstChild(tag).map(CertificateExtensions::count).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("invalid policy extension");
        }
    }
}
