package dev.websentry.engine.check.ssl;

import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.Der;
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
 * Builds a path from a leaf to a trusted root, RFC 5280 section 6, without the runtime's own notions of which algorithms are
 * too old: those have a check of their own.
 */
final class CertificatePath {
    private static final int DEEPEST = 8;
    private static final int MOST_STEPS = 200;
    private static final int KEY_CERT_SIGN = 5;
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    private final List<X509Certificate> pool;
    private final List<X509Certificate> anchors;
    private int steps;

    CertificatePath(List<X509Certificate> pool, List<X509Certificate> anchors) {
        this.pool = pool;
        this.anchors = anchors;
    }

    /** The leaf, its issuers and the anchor last, each valid at that time; empty when there is no such path. */
    Optional<List<X509Certificate>> find(X509Certificate leaf, Instant now) {
        return search(leaf, certificate -> isValidAt(certificate, now));
    }

    /** The same whatever the dates are. */
    Optional<List<X509Certificate>> findAnyTime(X509Certificate leaf) {
        return search(leaf, certificate -> true);
    }

    static boolean isValidAt(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /**
     * Whether the issuer's key made the certificate's signature.
     *
     * @throws UnknownObservation when this runtime does not know the algorithm
     */
    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (NoSuchAlgorithmException e) {
            throw new UnknownObservation("this runtime cannot verify a signature by " + certificate.getSigAlgName());
        } catch (GeneralSecurityException | RuntimeException e) {
            // Providers throw unchecked ones for keys that are no keys; they sign nothing.
            return false;
        }
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && isSignedBy(certificate, certificate);
    }

    private Optional<List<X509Certificate>> search(X509Certificate leaf, Predicate<X509Certificate> timely) {
        steps = 0;
        if (!timely.test(leaf)) {
            return Optional.empty();
        }
        if (anchors.contains(leaf)) {
            return Optional.of(List.of(leaf));
        }
        return extend(List.of(leaf), timely);
    }

    private Optional<List<X509Certificate>> extend(List<X509Certificate> path, Predicate<X509Certificate> timely) {
        X509Certificate last = path.get(path.size() - 1);
        for (X509Certificate anchor : anchors) {
            if (issued(anchor, last, path)) {
                return Optional.of(joined(path, anchor));
            }
        }
        if (path.size() >= DEEPEST) {
            return Optional.empty();
        }
        for (X509Certificate candidate : pool) {
            if (!path.contains(candidate) && timely.test(candidate) && issued(candidate, last, path)) {
                Optional<List<X509Certificate>> found = extend(joined(path, candidate), timely);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean issued(X509Certificate issuer, X509Certificate certificate, List<X509Certificate> below) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && ++steps <= MOST_STEPS
                && mayIssue(issuer, below)
                && isSignedBy(certificate, issuer);
    }

    /** Sections 6.1.4 (k) to (n): an authority, entitled to sign certificates, above no more than its path length. */
    private static boolean mayIssue(X509Certificate issuer, List<X509Certificate> below) {
        // Roots of the first version have no extensions at all; the trust store vouches for them.
        boolean oldRoot = issuer.getVersion() < 3;
        boolean[] usage = issuer.getKeyUsage();
        long between = below.stream()
                .skip(1)
                .filter(certificate ->
                        !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .count();
        return (oldRoot || issuer.getBasicConstraints() >= between)
                && (usage == null || usage[KEY_CERT_SIGN])
                && below.stream().allMatch(certificate -> mayName(issuer, certificate));
    }

    /** Section 4.2.1.10. */
    private static boolean mayName(X509Certificate issuer, X509Certificate certificate) {
        byte[] wrapped = issuer.getExtensionValue(NAME_CONSTRAINTS);
        if (wrapped == null) {
            return true;
        }
        try {
            X509CertSelector selector = new X509CertSelector();
            selector.setNameConstraints(Der.parse(wrapped).content());
            return selector.match(certificate);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static List<X509Certificate> joined(List<X509Certificate> path, X509Certificate next) {
        List<X509Certificate> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }
}
