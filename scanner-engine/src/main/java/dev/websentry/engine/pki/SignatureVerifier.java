package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.DerElement;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import okio.ByteString;

/**
 * Verifies the signatures of certificates. Results are kept, because the checks of a scan, and the scans of one run,
 * evaluate the same certificates. Thread-safe.
 */
final class SignatureVerifier {
    /** The result of a verification. */
    enum SignatureStatus {
        VALID,
        INVALID,
        /** This Java runtime does not support the algorithm. */
        UNSUPPORTED
    }

    /** As BoringSSL and Go; larger moduli and exponents only cost time. */
    private static final int MAX_RSA_MODULUS_BITS = 8192;

    private static final int MAX_RSA_EXPONENT_BITS = 33;
    private static final int MAX_RESULTS = 4096;

    private static final Map<Verification, SignatureStatus> RESULTS = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Verification, SignatureStatus> eldest) {
            return size() > MAX_RESULTS;
        }
    };

    private SignatureVerifier() {}

    /** The digests of a certificate and of the key that it was verified with. */
    private record Verification(ByteString certificate, ByteString key) {}

    /** Returns whether the certificate was signed with the key of the issuer. */
    static SignatureStatus verify(ParsedCertificate certificate, ParsedCertificate issuer) {
        if (issuer.fields().isEmpty()) {
            return SignatureStatus.INVALID;
        }
        Verification verification = new Verification(
                certificate.id(), issuer.fields().get().publicKey().sha256());
        synchronized (RESULTS) {
            SignatureStatus known = RESULTS.get(verification);
            if (known != null) {
                return known;
            }
        }
        SignatureStatus status =
                evaluate(certificate.certificate(), issuer.certificate().getPublicKey());
        synchronized (RESULTS) {
            RESULTS.put(verification, status);
        }
        return status;
    }

    /**
     * Returns whether browsers reject the signature algorithm: MD5 and SHA-1 (RFC 9155), and DSA.
     *
     * @param certificate a certificate below the anchor
     */
    static boolean isWeak(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT).replace("-", "");
        if (algorithm.equals("RSASSAPSS")) {
            return isPssWithSha1(certificate.getSigAlgParams());
        }
        return algorithm.startsWith("SHA1") || algorithm.startsWith("MD") || algorithm.endsWith("WITHDSA");
    }

    private static SignatureStatus evaluate(X509Certificate certificate, PublicKey key) {
        if (!isAffordable(key)) {
            return SignatureStatus.INVALID;
        }
        try {
            certificate.verify(key);
            return SignatureStatus.VALID;
        } catch (NoSuchAlgorithmException e) {
            return SignatureStatus.UNSUPPORTED;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Providers throw unchecked exceptions for malformed keys, which cannot have signed anything.
            return SignatureStatus.INVALID;
        }
    }

    private static boolean isAffordable(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            BigInteger exponent = rsa.getPublicExponent();
            return rsa.getModulus().bitLength() <= MAX_RSA_MODULUS_BITS
                    && exponent.bitLength() <= MAX_RSA_EXPONENT_BITS;
        }
        // Browsers do not accept DSA, and its parameters can have any size.
        return !(key instanceof DSAPublicKey);
    }

    /** Reads the hash algorithm of the parameters; the default is SHA-1 (RFC 4055 section 3.1). */
    private static boolean isPssWithSha1(byte @org.jspecify.annotations.Nullable [] parameters) {
        if (parameters == null) {
            return true;
        }
        try {
            return DerElement.parse(parameters)
                    .firstChild(0xA0)
                    .map(hash -> hash.children().get(0).children().get(0).objectIdentifier())
                    .filter(id -> !id.equals("1.3.14.3.2.26"))
                    .isEmpty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return true;
        }
    }
}
