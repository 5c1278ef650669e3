package dev.websentry.engine.check.ssl;

import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.observation.UnobservedException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The result of validating a served certificate against the trusted roots.
 *
 * @param problem the most severe problem
 * @param detail a description of the result for reports
 * @param path the certification path from leaf to anchor, or an empty list if there is none
 */
record TrustAssessment(TrustProblem problem, String detail, List<X509Certificate> path) {
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    /** The problems of a certificate, in ascending order of severity. */
    enum TrustProblem {
        NONE,
        INCOMPLETE,
        UNKNOWN_CA,
        SELF_SIGNED,
        WRONG_PURPOSE,
        NOT_YET_VALID,
        EXPIRED,
        REVOKED
    }

    TrustAssessment {
        path = List.copyOf(path);
    }

    /** Returns whether browsers accept the certificate; they complete an incomplete chain. */
    boolean isAccepted() {
        return problem == TrustProblem.NONE || problem == TrustProblem.INCOMPLETE;
    }

    /** Validates one certificate with the time and the trusted roots of the observations. */
    static TrustAssessment of(ServedCertificate served, ScanObservations seen) {
        TlsObservations tls = seen.tls();
        List<X509Certificate> anchors = ServedCertificate.parseReadable(tls.anchors());
        X509Certificate leaf = served.leaf();
        Optional<TrustAssessment> invalid = validityProblem(leaf, seen.now());
        if (invalid.isPresent()) {
            return invalid.get();
        }
        List<X509Certificate> issuers = served.chain().subList(1, served.chain().size());
        Optional<List<X509Certificate>> path = new CertificationPathFinder(issuers, anchors).find(leaf, seen.now());
        TrustProblem completeness = TrustProblem.NONE;
        if (path.isEmpty()) {
            List<X509Certificate> candidates = new ArrayList<>(issuers);
            candidates.addAll(ServedCertificate.parseReadable(tls.fetchedIssuers()));
            path = new CertificationPathFinder(candidates, anchors).find(leaf, seen.now());
            completeness = TrustProblem.INCOMPLETE;
            if (path.isEmpty()) {
                return withoutPath(leaf, candidates, anchors, seen.now());
            }
        }
        return onPath(path.get(), completeness, served, seen);
    }

    private static TrustAssessment onPath(
            List<X509Certificate> path, TrustProblem completeness, ServedCertificate served, ScanObservations seen) {
        Optional<String> revoked = RevocationStatus.findRevocation(served, path, seen);
        if (revoked.isPresent()) {
            return new TrustAssessment(TrustProblem.REVOKED, "revoked " + revoked.get(), path);
        }
        for (X509Certificate certificate : path.subList(0, Math.max(1, path.size() - 1))) {
            if (!allowsServerAuthentication(certificate)) {
                return new TrustAssessment(
                        TrustProblem.WRONG_PURPOSE,
                        "the extended key usage of " + name(certificate) + " does not allow server authentication",
                        path);
            }
        }
        String root = name(path.get(path.size() - 1));
        return completeness == TrustProblem.NONE
                ? new TrustAssessment(TrustProblem.NONE, "trusted: the chain leads to " + root, path)
                : new TrustAssessment(
                        TrustProblem.INCOMPLETE,
                        "the server does not send every intermediate certificate; with certificates downloaded"
                                + " from the issuer (AIA), the chain leads to " + root,
                        path);
    }

    private static Optional<TrustAssessment> validityProblem(X509Certificate leaf, Instant now) {
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            return Optional.of(new TrustAssessment(
                    TrustProblem.EXPIRED, "expired on " + leaf.getNotAfter().toInstant(), List.of()));
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            return Optional.of(new TrustAssessment(
                    TrustProblem.NOT_YET_VALID,
                    "not valid before " + leaf.getNotBefore().toInstant(),
                    List.of()));
        }
        return Optional.empty();
    }

    private static TrustAssessment withoutPath(
            X509Certificate leaf, List<X509Certificate> issuers, List<X509Certificate> anchors, Instant now) {
        if (CertificationPathFinder.isSelfSigned(leaf)) {
            return new TrustAssessment(TrustProblem.SELF_SIGNED, "self-signed, by " + name(leaf), List.of());
        }
        Optional<List<X509Certificate>> stale =
                new CertificationPathFinder(issuers, anchors).findIgnoringValidity(leaf);
        if (stale.isPresent()) {
            for (X509Certificate certificate : stale.get()) {
                if (!CertificationPathFinder.isValidAt(certificate, now)) {
                    boolean expired = now.isAfter(certificate.getNotAfter().toInstant());
                    return new TrustAssessment(
                            expired ? TrustProblem.EXPIRED : TrustProblem.NOT_YET_VALID,
                            "the intermediate certificate " + name(certificate)
                                    + (expired
                                            ? " expired on "
                                                    + certificate.getNotAfter().toInstant()
                                            : " is not yet valid"),
                            stale.get());
                }
            }
        }
        return new TrustAssessment(
                TrustProblem.UNKNOWN_CA,
                "unknown CA: issued by " + issuerName(leaf) + ", no path to a trusted root",
                List.of());
    }

    /** Applies the extended key usage extension; without it, any purpose is allowed (RFC 5280 section 4.2.1.12). */
    private static boolean allowsServerAuthentication(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || !Collections.disjoint(purposes, List.of(SERVER_AUTH, ANY_PURPOSE));
        } catch (CertificateParsingException e) {
            throw new UnobservedException("the extended key usage of " + name(certificate) + " cannot be read");
        }
    }

    private static String name(X509Certificate certificate) {
        return TlsExcerpt.of(certificate.getSubjectX500Principal().getName());
    }

    private static String issuerName(X509Certificate certificate) {
        return TlsExcerpt.of(certificate.getIssuerX500Principal().getName());
    }
}
