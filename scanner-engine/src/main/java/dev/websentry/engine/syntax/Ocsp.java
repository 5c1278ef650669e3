package dev.websentry.engine.syntax;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Builds OCSP requests and evaluates OCSP responses (RFC 6960). */
public final class Ocsp {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final int GOOD = 0x80;
    private static final int REVOKED = 0xA1;
    private static final byte[] SHA1_ALGORITHM = {0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0};
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");
    /** Tolerance for the clocks of responders. */
    private static final long CLOCK_SKEW_SECONDS = 300;

    private Ocsp() {}

    /** Certificate status in a valid OCSP response (RFC 6960 section 2.2). */
    public enum OcspCertStatus {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    /**
     * Builds a request for the status of one certificate.
     *
     * @param certificate the certificate
     * @param issuer certificate of its issuer
     * @return the request in DER
     */
    public static byte[] buildRequest(X509Certificate certificate, X509Certificate issuer) {
        byte[] id = sequence(
                SHA1_ALGORITHM,
                element(
                        DerElement.OCTET_STRING,
                        sha1(issuer.getSubjectX500Principal().getEncoded())),
                element(DerElement.OCTET_STRING, sha1(keyBits(issuer))),
                element(DerElement.INTEGER, certificate.getSerialNumber().toByteArray()));
        return sequence(sequence(sequence(sequence(id))));
    }

    /**
     * Verifies a response and returns the status of a certificate.
     *
     * @param response the response in DER; untrusted
     * @param certificate the certificate whose status is requested
     * @param issuer certificate of its issuer
     * @param now the current time
     * @return the status; empty unless the response covers the certificate, is current, and is signed by the issuer or
     *     by a responder that the issuer authorized (sections 3.2 and 4.2.2.2)
     */
    public static Optional<OcspCertStatus> certStatus(
            byte[] response, X509Certificate certificate, X509Certificate issuer, Instant now) {
        try {
            List<DerElement> outer = DerElement.parse(response).children();
            if (outer.size() < 2 || outer.get(0).content()[0] != 0) {
                return Optional.empty();
            }
            DerElement responseBytes = outer.get(1).children().get(0);
            DerElement basic = DerElement.parse(responseBytes.children().get(1).content());
            List<DerElement> parts = basic.children();
            if (!isSigned(parts, issuer, now)) {
                return Optional.empty();
            }
            return singleResponses(parts.get(0)).stream()
                    .flatMap(list -> list.children().stream())
                    .filter(single -> matches(single, certificate, issuer) && isCurrent(single, now))
                    .map(Ocsp::certStatus)
                    .findFirst();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the SEQUENCE OF SingleResponse, which is the last SEQUENCE of the response data. */
    private static Optional<DerElement> singleResponses(DerElement data) {
        return data.children().stream()
                .filter(child -> child.tag() == DerElement.SEQUENCE)
                .reduce((first, second) -> second);
    }

    private static OcspCertStatus certStatus(DerElement single) {
        int tag = single.children().get(1).tag();
        if (tag == REVOKED) {
            return OcspCertStatus.REVOKED;
        }
        return tag == GOOD ? OcspCertStatus.GOOD : OcspCertStatus.UNKNOWN;
    }

    private static boolean matches(DerElement single, X509Certificate certificate, X509Certificate issuer) {
        List<DerElement> id = single.children().get(0).children();
        // Responders use SHA-1 (RFC 5019 section 2.1.1). It identifies the issuer here and has no security function.
        return Arrays.equals(
                        id.get(1).content(),
                        sha1(issuer.getSubjectX500Principal().getEncoded()))
                && Arrays.equals(id.get(2).content(), sha1(keyBits(issuer)))
                && Arrays.equals(
                        id.get(3).content(), certificate.getSerialNumber().toByteArray());
    }

    private static boolean isCurrent(DerElement single, Instant now) {
        List<DerElement> parts = single.children();
        boolean started = !time(parts.get(2)).isAfter(now.plusSeconds(CLOCK_SKEW_SECONDS));
        Optional<DerElement> next = single.firstChild(0xA0);
        return started
                && (next.isEmpty()
                        || !time(next.get().children().get(0)).isBefore(now.minusSeconds(CLOCK_SKEW_SECONDS)));
    }

    private static Instant time(DerElement element) {
        return LocalDateTime.parse(element.text(), TIME).toInstant(ZoneOffset.UTC);
    }

    private static boolean isSigned(List<DerElement> basic, X509Certificate issuer, Instant now) {
        if (isSignedBy(basic, issuer)) {
            return true;
        }
        if (basic.size() < 4) {
            return false;
        }
        return basic.get(3).children().get(0).children().stream()
                .limit(5)
                .flatMap(der -> Certificates.parse(der.encoded()).stream())
                .anyMatch(delegate -> isDelegate(delegate, issuer, now) && isSignedBy(basic, delegate));
    }

    private static boolean isDelegate(X509Certificate delegate, X509Certificate issuer, Instant now) {
        try {
            List<String> purposes = delegate.getExtendedKeyUsage();
            delegate.verify(issuer.getPublicKey());
            delegate.checkValidity(Date.from(now));
            return purposes != null && purposes.contains(OCSP_SIGNING);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isSignedBy(List<DerElement> basic, X509Certificate signer) {
        String name = signatureName(basic.get(1).children().get(0).content());
        byte[] bits = basic.get(2).content();
        if (name.isEmpty() || bits.length < 2) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(name);
            signature.initVerify(signer.getPublicKey());
            signature.update(basic.get(0).encoded());
            return signature.verify(Arrays.copyOfRange(bits, 1, bits.length));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String signatureName(byte[] id) {
        String hex = java.util.HexFormat.of().formatHex(id);
        return switch (hex) {
            case "2a864886f70d01010b" -> "SHA256withRSA";
            case "2a864886f70d01010c" -> "SHA384withRSA";
            case "2a864886f70d01010d" -> "SHA512withRSA";
            case "2a8648ce3d040302" -> "SHA256withECDSA";
            case "2a8648ce3d040303" -> "SHA384withECDSA";
            case "2a8648ce3d040304" -> "SHA512withECDSA";
            case "2b6570" -> "Ed25519";
            default -> "";
        };
    }

    private static byte[] keyBits(X509Certificate certificate) {
        byte[] bits = DerElement.parse(certificate.getPublicKey().getEncoded())
                .firstChild(DerElement.BIT_STRING)
                .orElseThrow(() -> new IllegalArgumentException("public key is missing"))
                .content();
        return Arrays.copyOfRange(bits, 1, bits.length);
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    private static byte[] sequence(byte[]... elements) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            content.writeBytes(element);
        }
        return element(DerElement.SEQUENCE, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length > 0x7f) {
            out.write(content.length > 0xff ? 0x82 : 0x81);
            if (content.length > 0xff) {
                out.write(content.length >> 8);
            }
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
