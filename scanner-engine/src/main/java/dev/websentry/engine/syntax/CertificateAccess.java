package dev.websentry.engine.syntax;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Certificates read from bytes, and the addresses that stand in them. */
public final class CertificateAccess {
    private static final String AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    private static final byte[] CA_ISSUERS = {0x2b, 6, 1, 5, 5, 7, 48, 2};
    private static final byte[] OCSP = {0x2b, 6, 1, 5, 5, 7, 48, 1};
    private static final int URI = 0x86;

    private CertificateAccess() {}

    /**
     * The certificate of these bytes; empty when they are none. The runtime hands out one object for equal bytes, which
     * remembers the key that its signature was verified with; so a certificate is parsed and verified once, whoever asks.
     */
    public static Optional<X509Certificate> read(byte[] der) {
        ByteArrayInputStream in = new ByteArrayInputStream(der);
        try {
            Certificate first = CertificateFactory.getInstance("X.509").generateCertificate(in);
            if (in.available() == 0 && first instanceof X509Certificate certificate) {
                return Optional.of(certificate);
            }
        } catch (CertificateException | RuntimeException e) {
            // Perhaps more than one, which is the same question to the reader of bundles.
        }
        return readAll(der).stream().findFirst();
    }

    /** The certificates of these bytes: one, in DER or PEM, or a PKCS #7 bundle of them; empty when they are none. */
    public static List<X509Certificate> readAll(byte[] bytes) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .stream()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .limit(10)
                    .toList();
        } catch (CertificateException | RuntimeException e) {
            // A stranger's bytes: the parser throws unchecked ones for some that are no certificate.
            return List.of();
        }
    }

    /** Where the issuer's certificate is to be had, RFC 5280 section 4.2.2.1. */
    public static List<String> issuerUrls(X509Certificate certificate) {
        return accessUrls(certificate, CA_ISSUERS);
    }

    /** Where OCSP answers, RFC 5280 section 4.2.2.1. */
    public static List<String> ocspUrls(X509Certificate certificate) {
        return accessUrls(certificate, OCSP);
    }

    /** Where the revocation list is to be had, RFC 5280 section 4.2.1.13. */
    public static List<String> crlUrls(X509Certificate certificate) {
        try {
            return extension(certificate, CRL_DISTRIBUTION_POINTS).stream()
                    .flatMap(points -> points.children().stream())
                    .flatMap(point -> point.child(0xA0).stream())
                    .flatMap(name -> name.child(0xA0).stream())
                    .flatMap(full -> full.children().stream())
                    .filter(name -> name.tag() == URI)
                    .map(Der::text)
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** The content of an extension; empty when it is not there or is not DER. */
    public static Optional<Der> extension(X509Certificate certificate, String id) {
        byte[] wrapped = certificate.getExtensionValue(id);
        if (wrapped == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Der.parse(Der.parse(wrapped).content()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> accessUrls(X509Certificate certificate, byte[] method) {
        try {
            return extension(certificate, AUTHORITY_INFORMATION).stream()
                    .flatMap(descriptions -> descriptions.children().stream())
                    .map(Der::children)
                    .filter(parts -> parts.size() == 2
                            && Arrays.equals(parts.get(0).content(), method)
                            && parts.get(1).tag() == URI)
                    .map(parts -> parts.get(1).text())
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
