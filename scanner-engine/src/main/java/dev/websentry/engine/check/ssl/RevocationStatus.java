package dev.websentry.engine.check.ssl;

import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement.RevocationSource;
import dev.websentry.engine.syntax.Ocsp;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/**
 * Determines whether the CA has revoked a certificate. A missing answer is not a finding, and answers that the CA did
 * not sign are ignored.
 */
final class RevocationStatus {
    private RevocationStatus() {}

    /**
     * Returns the source that states that the leaf certificate is revoked.
     *
     * @param path the certification path, leaf first
     * @return a description of the source, or empty if no authentic answer states a revocation
     */
    static Optional<String> findRevocation(
            ServedCertificate served, List<X509Certificate> path, ScanObservations seen) {
        if (path.size() < 2) {
            return Optional.empty();
        }
        X509Certificate leaf = path.get(0);
        X509Certificate issuer = path.get(1);
        if (served.observedChain()
                .stapledOcsp()
                .filter(response -> isRevoked(response, leaf, issuer, seen.now()))
                .isPresent()) {
            return Optional.of("according to the stapled OCSP response");
        }
        ByteString encoded = ByteString.of(served.observedChain().leaf());
        return seen.tls().revocation().stream()
                .filter(answer -> answer.leaf().equals(encoded) && isRevoked(answer, leaf, issuer, seen.now()))
                .map(answer -> answer.kind() == RevocationSource.CRL
                        ? "according to the issuer's certificate revocation list (CRL)"
                        : "according to the issuer's OCSP responder")
                .findFirst();
    }

    private static boolean isRevoked(
            RevocationStatement answer, X509Certificate leaf, X509Certificate issuer, Instant now) {
        byte[] response = answer.response().toByteArray();
        return answer.kind() == RevocationSource.CRL
                ? isListed(response, leaf, issuer)
                : isRevoked(response, leaf, issuer, now);
    }

    private static boolean isRevoked(byte[] response, X509Certificate leaf, X509Certificate issuer, Instant now) {
        return Ocsp.certStatus(response, leaf, issuer, now)
                .filter(status -> status == Ocsp.OcspCertStatus.REVOKED)
                .isPresent();
    }

    /**
     * Returns whether the CRL lists the certificate. An outdated list is accepted too, because revocation is permanent
     * except for holds, which are not used for web server certificates.
     */
    private static boolean isListed(byte[] encodedList, X509Certificate leaf, X509Certificate issuer) {
        try {
            X509CRL crl = (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(encodedList));
            crl.verify(issuer.getPublicKey());
            return crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) && crl.isRevoked(leaf);
        } catch (GeneralSecurityException | RuntimeException e) {
            // The list is untrusted input, and the parser throws unchecked exceptions as well.
            return false;
        }
    }
}
