package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.Der;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;
import java.util.Set;

/**
 * How strong a certificate's key, or the signature on it, is.
 *
 * @param outcome PASS, WARN or FAIL
 * @param text such as RSA 2048
 * @param capped whether the finding is grave enough for the lowest grade when the leaf has it
 */
record KeyStrength(Outcome outcome, String text, boolean capped) {
    private static final int RSA = 2048;
    private static final int RSA_BROKEN = 1024;
    private static final int EC = 256;
    /** ML-DSA-44, -65 and -87, RFC 9881; this runtime may know their numbers only. */
    private static final Set<String> ML_DSA =
            Set.of("2.16.840.1.101.3.4.3.17", "2.16.840.1.101.3.4.3.18", "2.16.840.1.101.3.4.3.19");

    static KeyStrength ofKey(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return new KeyStrength(bits >= RSA ? Outcome.PASS : Outcome.FAIL, "RSA " + bits, bits < RSA_BROKEN);
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            return curve(bits);
        }
        String algorithm = key.getAlgorithm();
        if (algorithm.equals("EC")) {
            return curve(pointBits(key));
        }
        if (algorithm.startsWith("Ed") || algorithm.startsWith("ML-DSA") || ML_DSA.contains(algorithm)) {
            return new KeyStrength(Outcome.PASS, algorithm, false);
        }
        if (algorithm.equals("DSA")) {
            return new KeyStrength(Outcome.FAIL, "DSA", false);
        }
        throw new UnknownObservation("the strength of a key by " + Line.of(algorithm) + " is not known");
    }

    static KeyStrength ofSignature(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName();
        String digest = algorithm.equals("RSASSA-PSS") ? pssDigest(certificate) : algorithm;
        String upper = digest.toUpperCase(Locale.ROOT).replace("-", "");
        if (upper.startsWith("SHA256")
                || upper.startsWith("SHA384")
                || upper.startsWith("SHA512")
                || upper.startsWith("SHA3")
                || upper.startsWith("ED")
                || upper.startsWith("MLDSA")
                || ML_DSA.contains(certificate.getSigAlgOID())) {
            return new KeyStrength(Outcome.PASS, algorithm, false);
        }
        if (upper.startsWith("SHA224")) {
            return new KeyStrength(Outcome.WARN, algorithm, false);
        }
        if (upper.startsWith("SHA1") || upper.startsWith("MD")) {
            return new KeyStrength(Outcome.FAIL, algorithm, true);
        }
        throw new UnknownObservation("the strength of a signature by " + Line.of(algorithm) + " is not known");
    }

    private static KeyStrength curve(int bits) {
        return new KeyStrength(bits >= EC ? Outcome.PASS : Outcome.FAIL, "EC " + bits, false);
    }

    /** For a curve that this runtime no longer knows: half of an uncompressed point. */
    private static int pointBits(PublicKey key) {
        byte[] point = parsed(key.getEncoded())
                .child(Der.BIT_STRING)
                .orElseThrow(() -> new UnknownObservation("the certificate's key cannot be read"))
                .content();
        boolean compressed = point.length > 1 && point[1] != 4;
        return (point.length - 2) * 8 / (compressed ? 1 : 2);
    }

    /** RFC 4055 section 3.1: the hash stands in the parameters, SHA-1 where nothing stands. */
    private static String pssDigest(X509Certificate certificate) {
        byte[] parameters = certificate.getSigAlgParams();
        if (parameters == null) {
            return "SHA1";
        }
        byte[] id = parsed(parameters)
                .child(0xA0)
                .flatMap(hash -> hash.child(Der.SEQUENCE))
                .flatMap(hash -> hash.child(Der.OBJECT_IDENTIFIER))
                .map(Der::content)
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

    private static Der parsed(byte[] bytes) {
        try {
            return Der.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new UnknownObservation("the certificate's key or signature parameters cannot be read");
        }
    }
}
