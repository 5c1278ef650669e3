package dev.websentry.engine.check.ssl;

import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.DerElement;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Builds a certification path from a leaf to a trusted root (RFC 5280 section 6). Does not apply the algorithm
 * restrictions of the Java runtime, because {@link CertificateStrengthCheck} evaluates weak algorithms.
 */
final class CertificationPathFinder {
    private static final int MAX_PATH_LENGTH = 8;
    private static final int MAX_STEPS = 200;
    private static final int KEY_CERT_SIGN = 5;
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    private final List<X509Certificate> pool;
    private final List<X509Certificate> anchors;
    private int steps;

    /**
     * Creates a path builder.
     *
     * @param pool candidates for intermediate certificates
     * @param anchors trusted root certificates
     */
    CertificationPathFinder(List<X509Certificate> pool, List<X509Certificate> anchors) {
        this.pool = pool;
        this.anchors = anchors;
    }

    /**
     * Finds a path whose certificates are all valid at a time. The validity period of the anchor is not checked.
     *
     * @return the leaf, its issuers and the anchor, in this order; empty if there is no such path
     */
    Optional<List<X509Certificate>> find(X509Certificate leaf, Instant now) {
        return search(leaf, certificate -> isValidAt(certificate, now));
    }

    /** Finds a path like {@link #find}, but ignores validity periods. */
    Optional<List<X509Certificate>> findIgnoringValidity(X509Certificate leaf) {
        return search(leaf, certificate -> true);
    }

    static boolean isValidAt(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /**
     * Returns whether the certificate was signed with the key of the issuer.
     *
     * @throws UnobservedException if this Java runtime does not support the algorithm
     */
    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (NoSuchAlgorithmException e) {
            throw new UnobservedException(
                    "this Java runtime cannot verify signatures with the algorithm " + certificate.getSigAlgName());
        } catch (GeneralSecurityException | RuntimeException e) {
            // Providers throw unchecked exceptions for malformed keys, which cannot have signed anything.
            return false;
        }
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && isSignedBy(certificate, certificate);
    }

    private Optional<List<X509Certificate>> search(X509Certificate leaf, Predicate<X509Certificate> validity) {
        steps = 0;
        if (!validity.test(leaf)) {
            return Optional.empty();
        }
        if (anchors.contains(leaf)) {
            return Optional.of(List.of(leaf));
        }
        return extend(List.of(leaf), validity);
    }

    private Optional<List<X509Certificate>> extend(List<X509Certificate> path, Predicate<X509Certificate> validity) {
        X509Certificate last = path.get(path.size() - 1);
        for (X509Certificate anchor : anchors) {
            if (issued(anchor, last, path)) {
                return Optional.of(append(path, anchor));
            }
        }
        if (path.size() >= MAX_PATH_LENGTH) {
            return Optional.empty();
        }
        for (X509Certificate candidate : pool) {
            if (!path.contains(candidate) && validity.test(candidate) && issued(candidate, last, path)) {
                Optional<List<X509Certificate>> found = extend(append(path, candidate), validity);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean issued(X509Certificate issuer, X509Certificate certificate, List<X509Certificate> below) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && ++steps <= MAX_STEPS
                && mayIssue(issuer, below)
                && isSignedBy(certificate, issuer);
    }

    /** Applies section 6.1.4 (k) to (n): the issuer is a CA, may sign certificates and respects its path length. */
    private static boolean mayIssue(X509Certificate issuer, List<X509Certificate> below) {
        // Version 1 roots have no extensions; they are accepted because the trust store contains them.
        boolean withoutExtensions = issuer.getVersion() < 3;
        boolean[] usage = issuer.getKeyUsage();
        long between = below.stream()
                .skip(1)
                .filter(certificate ->
                        !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .count();
        return (withoutExtensions || issuer.getBasicConstraints() >= between)
                && (usage == null || usage[KEY_CERT_SIGN])
                && below.stream().allMatch(certificate -> satisfiesNameConstraints(issuer, certificate));
    }

    /** Applies the name constraints of the issuer (section 4.2.1.10). */
    private static boolean satisfiesNameConstraints(X509Certificate issuer, X509Certificate certificate) {
        byte[] wrapped = issuer.getExtensionValue(NAME_CONSTRAINTS);
        if (wrapped == null) {
            return true;
        }
        try {
            X509CertSelector selector = new X509CertSelector();
            selector.setNameConstraints(DerElement.parse(wrapped).content());
            return selector.match(certificate);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static List<X509Certificate> append(List<X509Certificate> path, X509Certificate next) {
        List<X509Certificate> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }
}
