package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.DerElement;
import dev.websentry.engine.syntax.Excerpt;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;
import java.util.Set;

/**
 * The strength of the key of a certificate or of the signature on it.
 *
 * @param outcome PASS, WARN or FAIL
 * @param text the algorithm and size, such as {@code RSA 2048}
 * @param capsScore whether the finding limits the grade to F if the leaf certificate has it
 */
record CertificateAlgorithmStrength(CheckOutcome outcome, String text, boolean capsScore) {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_UNCAPPED_RSA_BITS = 1024;
    private static final int MIN_EC_BITS = 256;
    private static final String UNSUPPORTED = " (browsers do not support it)";
    /** The OIDs of ML-DSA-44, -65 and -87 (RFC 9881), for Java runtimes that do not know the algorithm names. */
    private static final Set<String> ML_DSA =
            Set.of("2.16.840.1.101.3.4.3.17", "2.16.840.1.101.3.4.3.18", "2.16.840.1.101.3.4.3.19");

    /**
     * Returns the strength of the public key of a certificate.
     *
     * @throws UnobservedException if the algorithm is unknown or the key cannot be read
     */
    static CertificateAlgorithmStrength ofKey(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return new CertificateAlgorithmStrength(
                    bits >= MIN_RSA_BITS ? CheckOutcome.PASS : CheckOutcome.FAIL,
                    "RSA " + bits,
                    bits < MIN_UNCAPPED_RSA_BITS);
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            return curve(bits);
        }
        String algorithm = key.getAlgorithm();
        if (algorithm.equals("EC")) {
            return curve(pointBits(key));
        }
        if (algorithm.startsWith("Ed")) {
            return new CertificateAlgorithmStrength(CheckOutcome.WARN, edwardsName(key) + UNSUPPORTED, false);
        }
        if (algorithm.startsWith("ML-DSA") || ML_DSA.contains(algorithm)) {
            return new CertificateAlgorithmStrength(CheckOutcome.PASS, algorithm, false);
        }
        if (algorithm.equals("DSA")) {
            return new CertificateAlgorithmStrength(CheckOutcome.FAIL, "DSA", false);
        }
        throw new UnobservedException(
                "the strength of keys of the algorithm " + Excerpt.evidenceLine(algorithm) + " is unknown");
    }

    /**
     * Returns the strength of the signature on a certificate.
     *
     * @throws UnobservedException if the algorithm is unknown or its parameters cannot be read
     */
    static CertificateAlgorithmStrength ofSignature(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName();
        String digest = algorithm.equals("RSASSA-PSS") ? pssDigest(certificate) : algorithm;
        String upper = digest.toUpperCase(Locale.ROOT).replace("-", "");
        if (upper.startsWith("SHA256")
                || upper.startsWith("SHA384")
                || upper.startsWith("SHA512")
                || upper.startsWith("SHA3")
                || upper.startsWith("MLDSA")
                || ML_DSA.contains(certificate.getSigAlgOID())) {
            return new CertificateAlgorithmStrength(CheckOutcome.PASS, algorithm, false);
        }
        if (upper.startsWith("ED")) {
            return new CertificateAlgorithmStrength(CheckOutcome.WARN, algorithm + UNSUPPORTED, false);
        }
        if (upper.startsWith("SHA224")) {
            return new CertificateAlgorithmStrength(CheckOutcome.WARN, algorithm, false);
        }
        if (upper.startsWith("SHA1") || upper.startsWith("MD")) {
            return new CertificateAlgorithmStrength(CheckOutcome.FAIL, algorithm, true);
        }
        throw new UnobservedException(
                "the strength of signatures of the algorithm " + Excerpt.evidenceLine(algorithm) + " is unknown");
    }

    /** The name of the curve, Ed25519 or Ed448; the JDK names the algorithm of both EdDSA. */
    private static String edwardsName(PublicKey key) {
        return key instanceof EdECPublicKey curve ? curve.getParams().getName() : key.getAlgorithm();
    }

    private static CertificateAlgorithmStrength curve(int bits) {
        return new CertificateAlgorithmStrength(
                bits >= MIN_EC_BITS ? CheckOutcome.PASS : CheckOutcome.FAIL, "EC " + bits, false);
    }

    /** Derives the size of a curve that the Java runtime does not support from the length of the encoded point. */
    private static int pointBits(PublicKey key) {
        byte[] point = parsed(key.getEncoded())
                .firstChild(DerElement.BIT_STRING)
                .orElseThrow(() -> new UnobservedException("the certificate's key cannot be read"))
                .content();
        boolean compressed = point.length > 1 && point[1] != 4;
        return (point.length - 2) * 8 / (compressed ? 1 : 2);
    }

    /** Reads the hash algorithm from the RSASSA-PSS parameters; the default is SHA-1 (RFC 4055 section 3.1). */
    private static String pssDigest(X509Certificate certificate) {
        byte[] parameters = certificate.getSigAlgParams();
        if (parameters == null) {
            return "SHA1";
        }
        byte[] id = parsed(parameters)
                .firstChild(0xA0)
                .flatMap(hash -> hash.firstChild(DerElement.SEQUENCE))
                .flatMap(hash -> hash.firstChild(DerElement.OBJECT_IDENTIFIER))
                .map(DerElement::content)
                .orElse(new byte[] {0});
        // 2.16.840.1.101.3.4.2.n
        boolean sha2 = id.length == 9 && (id[0] & 0xff) == 0x60 && id[7] == 2;
        return switch (sha2 ? id[8] : 0) {
            case 1 -> "SHA256";
            case 2 -> "SHA384";
            case 3 -> "SHA512";
            case 4 -> "SHA224";
            default -> "SHA1";
        };
    }

    private static DerElement parsed(byte[] bytes) {
        try {
            return DerElement.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new UnobservedException("the certificate's key or signature parameters cannot be read");
        }
    }
}
