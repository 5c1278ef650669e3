package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Validates a certification path (RFC 5280 section 6.1), except for its signatures, which the path building verifies.
 * The constraints of the anchor apply as well: a CA that is trusted with constraints was not trusted without them.
 */
final class PathValidator {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String PRECERTIFICATE_POISON = "1.3.6.1.4.1.11129.2.4.3";

    private final Instant now;
    private final KeyExchange keyExchange;
    private final ConstrainedRoots constrained;
    private final ValidationBudget budget;

    /**
     * Creates a validator.
     *
     * @param now the time at which the path must be valid
     * @param keyExchange how the handshake used the key of the leaf
     * @param constrained the name constraints that browsers impose on anchors
     * @param budget bounds the comparisons of names with constraints
     */
    PathValidator(Instant now, KeyExchange keyExchange, ConstrainedRoots constrained, ValidationBudget budget) {
        this.budget = budget;
        this.now = now;
        this.keyExchange = keyExchange;
        this.constrained = constrained;
    }

    /** A reason why a path is not valid. */
    record PathDefect(TrustProblem problem, String detail) {}

    /**
     * Returns everything that is wrong with a path.
     *
     * @param path the certificates from leaf to anchor, at least one
     */
    List<PathDefect> validate(List<ParsedCertificate> path) {
        List<PathDefect> defects = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            ParsedCertificate certificate = path.get(i);
            String role = role(path, i);
            checkPeriod(certificate, role, defects);
            if (certificate.extensions().isEmpty()) {
                defects.add(new PathDefect(TrustProblem.MALFORMED, role + ": " + certificate.defect()));
                continue;
            }
            boolean anchor = i == path.size() - 1;
            CertificateExtensions extensions = certificate.extensions().get();
            checkCritical(extensions, role, defects);
            checkPurpose(extensions, role, defects);
            if (!anchor && SignatureVerifier.isWeak(certificate.certificate())) {
                defects.add(new PathDefect(
                        TrustProblem.WEAK_SIGNATURE,
                        role + " is signed with " + certificate.certificate().getSigAlgName()
                                + ", which browsers do not accept"));
            }
            if (i > 0) {
                checkAuthority(path, i, extensions, defects);
            } else {
                checkKeyUsage(certificate, extensions, defects);
            }
        }
        if (path.stream().allMatch(certificate -> certificate.extensions().isPresent())) {
            checkNames(path, defects);
            checkPolicies(path, defects);
        }
        return defects;
    }

    private static String role(List<ParsedCertificate> path, int index) {
        return index == 0
                ? "the certificate"
                : (index == path.size() - 1 ? "the root certificate " : "the intermediate certificate ")
                        + path.get(index).name();
    }

    private void checkPeriod(ParsedCertificate certificate, String role, List<PathDefect> defects) {
        Instant begin = certificate.certificate().getNotBefore().toInstant();
        Instant end = certificate.certificate().getNotAfter().toInstant();
        if (now.isAfter(end)) {
            defects.add(new PathDefect(TrustProblem.EXPIRED, role + " expired on " + end));
        } else if (now.isBefore(begin)) {
            defects.add(new PathDefect(TrustProblem.NOT_YET_VALID, role + " is not valid before " + begin));
        }
    }

    private static void checkCritical(CertificateExtensions extensions, String role, List<PathDefect> defects) {
        if (extensions.unknownCritical().contains(PRECERTIFICATE_POISON)) {
            // RFC 6962 section 3.1.
            defects.add(new PathDefect(
                    TrustProblem.UNKNOWN_CRITICAL_EXTENSION,
                    role + " is a precertificate of Certificate Transparency, not a certificate"));
        } else if (!extensions.unknownCritical().isEmpty()) {
            defects.add(new PathDefect(
                    TrustProblem.UNKNOWN_CRITICAL_EXTENSION,
                    role + " has the unknown critical extension "
                            + extensions.unknownCritical().get(0)));
        }
    }

    /** Section 4.2.1.12; browsers apply the purposes of CA certificates to what they issue. */
    private static void checkPurpose(CertificateExtensions extensions, String role, List<PathDefect> defects) {
        Optional<List<String>> purposes = extensions.purposes();
        if (purposes.isPresent()
                && !purposes.get().contains(SERVER_AUTH)
                && !purposes.get().contains(ANY_PURPOSE)) {
            defects.add(new PathDefect(
                    TrustProblem.WRONG_PURPOSE,
                    "the extended key usage of " + role + " does not allow server authentication"));
        }
    }

    /** Applies section 6.1.4 (k) to (n). */
    private static void checkAuthority(
            List<ParsedCertificate> path, int index, CertificateExtensions extensions, List<PathDefect> defects) {
        ParsedCertificate issuer = path.get(index);
        boolean anchor = index == path.size() - 1;
        int version = issuer.fields().map(CertificateFields::version).orElse(1);
        String role = role(path, index);
        // Roots of version 1 have no extensions; they are accepted because the trust store contains them.
        boolean authority = version == 3 ? extensions.authority() : anchor && issuer.isSelfIssued();
        if (!authority) {
            defects.add(new PathDefect(
                    TrustProblem.CONSTRAINT_VIOLATED,
                    role + (version == 3 ? " is not a CA certificate" : " has version " + version)));
        } else if (!extensions.allows(CertificateExtensions.KEY_CERT_SIGN)) {
            defects.add(new PathDefect(
                    TrustProblem.CONSTRAINT_VIOLATED,
                    "the key usage of " + role + " does not allow signing certificates"));
        }
        long between = path.subList(1, index).stream()
                .filter(certificate -> !certificate.isSelfIssued())
                .count();
        if (extensions.pathLength().isPresent()
                && between > extensions.pathLength().getAsInt()) {
            defects.add(new PathDefect(
                    TrustProblem.CONSTRAINT_VIOLATED,
                    role + " allows " + Quantity.of(extensions.pathLength().getAsInt(), "intermediate certificate")
                            + " below it, not " + between));
        }
    }

    /** Section 4.2.1.3; browsers reject a key that may not do what the handshake did with it. */
    private void checkKeyUsage(ParsedCertificate leaf, CertificateExtensions extensions, List<PathDefect> defects) {
        boolean rsa = leaf.certificate().getPublicKey().getAlgorithm().startsWith("RSA");
        boolean signs = extensions.allows(CertificateExtensions.DIGITAL_SIGNATURE);
        boolean decrypts = rsa && extensions.allows(CertificateExtensions.KEY_ENCIPHERMENT);
        boolean allowed = switch (keyExchange) {
            case SIGNATURE -> signs;
            case RSA_KEY_TRANSPORT -> decrypts;
            case UNKNOWN -> signs || decrypts;
        };
        if (!allowed) {
            String use = keyExchange == KeyExchange.RSA_KEY_TRANSPORT
                    ? "key encipherment, which RSA key exchange needs"
                    : "digital signatures, which the key exchange needs";
            defects.add(new PathDefect(
                    TrustProblem.WRONG_KEY_USAGE, "the key usage of the certificate does not allow " + use));
        }
    }

    /** Applies the name constraints of each CA to all certificates below it; section 6.1.3 (b) and (c). */
    private void checkNames(List<ParsedCertificate> path, List<PathDefect> defects) {
        for (int below = path.size() - 2; below >= 0; below--) {
            ParsedCertificate certificate = path.get(below);
            if (below > 0 && certificate.isSelfIssued()) {
                continue;
            }
            List<ConstrainedName> names = ConstrainedName.of(
                    certificate.fields().orElseThrow(),
                    certificate.extensions().orElseThrow().names());
            for (int above = path.size() - 1; above > below; above--) {
                Optional<PathDefect> defect = nameDefect(path, above, role(path, below), names);
                if (defect.isPresent()) {
                    defects.add(defect.get());
                    return;
                }
            }
        }
    }

    private Optional<PathDefect> nameDefect(
            List<ParsedCertificate> path, int above, String role, List<ConstrainedName> names) {
        ParsedCertificate authority = path.get(above);
        Optional<NameConstraints> own = authority.extensions().orElseThrow().constraints();
        Optional<NameConstraints> imposed =
                above == path.size() - 1 ? constrained.of(authority.certificate()) : Optional.empty();
        int subtrees = own.map(NameConstraints::size).orElse(0)
                + imposed.map(NameConstraints::size).orElse(0);
        if (!budget.takeComparisons((long) names.size() * subtrees)) {
            return Optional.of(new PathDefect(
                    TrustProblem.TOO_COMPLEX, "the path has more names and name constraints than clients compare"));
        }
        return own.flatMap(constraints -> constraints.violation(names))
                .map(violation -> role + " violates the name constraints of " + role(path, above) + ": " + violation)
                .or(() -> imposed.flatMap(constraints -> constraints.violation(names))
                        .map(violation -> role + " violates the name constraints that browsers impose on "
                                + role(path, above) + ": " + violation))
                .map(detail -> new PathDefect(TrustProblem.CONSTRAINT_VIOLATED, detail));
    }

    private static void checkPolicies(List<ParsedCertificate> path, List<PathDefect> defects) {
        PolicyValidator policies = new PolicyValidator(path.size() - 1);
        for (int i = path.size() - 2; i >= 0; i--) {
            ParsedCertificate certificate = path.get(i);
            if (!policies.accept(
                    certificate.extensions().orElseThrow().policies(), certificate.isSelfIssued(), i == 0)) {
                defects.add(new PathDefect(
                        TrustProblem.CONSTRAINT_VIOLATED,
                        role(path, i) + " has none of the certificate policies that its issuers require"));
                return;
            }
        }
    }
}
