package dev.websentry.engine.check.ssl;

import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.TlsObservations.RevocationAnswer;
import dev.websentry.engine.observe.TlsObservations.RevocationAnswer.Kind;
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

/** What the CA says of a certificate's revocation. Silence is no finding, and neither is what the CA has not signed. */
final class Revocation {
    private Revocation() {}

    /** That it is revoked, and who says so; empty when nobody credible does. */
    static Optional<String> statement(ServedCertificate served, List<X509Certificate> path, Observations seen) {
        if (path.size() < 2) {
            return Optional.empty();
        }
        X509Certificate leaf = path.get(0);
        X509Certificate issuer = path.get(1);
        if (served.served()
                .stapledOcsp()
                .filter(response -> saysRevoked(response, leaf, issuer, seen.now()))
                .isPresent()) {
            return Optional.of("the stapled OCSP response says so");
        }
        ByteString encoded = ByteString.of(served.served().leaf());
        return seen.tls().revocation().stream()
                .filter(answer -> answer.leaf().equals(encoded) && saysRevoked(answer, leaf, issuer, seen.now()))
                .map(answer -> answer.kind() == Kind.CRL
                        ? "the issuer's revocation list names it"
                        : "the issuer's OCSP responder says so")
                .findFirst();
    }

    private static boolean saysRevoked(
            RevocationAnswer answer, X509Certificate leaf, X509Certificate issuer, Instant now) {
        byte[] response = answer.response().toByteArray();
        return answer.kind() == Kind.CRL ? isListed(response, leaf, issuer) : saysRevoked(response, leaf, issuer, now);
    }

    private static boolean saysRevoked(byte[] response, X509Certificate leaf, X509Certificate issuer, Instant now) {
        return Ocsp.status(response, leaf, issuer, now)
                .filter(status -> status == Ocsp.Status.REVOKED)
                .isPresent();
    }

    /** An old list counts as well: revocation is for good, but for a hold, which no web server's certificate knows. */
    private static boolean isListed(byte[] list, X509Certificate leaf, X509Certificate issuer) {
        try {
            X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list));
            crl.verify(issuer.getPublicKey());
            return crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) && crl.isRevoked(leaf);
        } catch (GeneralSecurityException | RuntimeException e) {
            // A stranger's bytes, unchecked exceptions of the parser included.
            return false;
        }
    }
}
