package dev.websentry.engine.syntax;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Parses X.509 certificates, and reads the URLs for issuers, OCSP and CRLs in their extensions. */
public final class Certificates {
    private static final String AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    private static final byte[] CA_ISSUERS = {0x2b, 6, 1, 5, 5, 7, 48, 2};
    private static final byte[] OCSP = {0x2b, 6, 1, 5, 5, 7, 48, 1};
    private static final int URI = 0x86;

    private Certificates() {}

    /**
     * Parses a certificate.
     *
     * <p>The JDK returns the same object for equal bytes, and that object caches the key that its signature was
     * verified with. A certificate is therefore parsed and verified only once.
     *
     * @param der one certificate in DER, as in TLS handshakes and OCSP responses; browsers accept no other format there
     * @return the certificate; empty if the bytes are not exactly one certificate
     */
    public static Optional<X509Certificate> parse(byte[] der) {
        if (der.length == 0 || der[0] != DerElement.SEQUENCE) {
            // The factory accepts PEM as well.
            return Optional.empty();
        }
        ByteArrayInputStream in = new ByteArrayInputStream(der);
        try {
            Certificate first = CertificateFactory.getInstance("X.509").generateCertificate(in);
            return in.available() == 0 && first instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (CertificateException | RuntimeException e) {
            // The bytes are untrusted; the parser throws unchecked exceptions for some invalid input.
            return Optional.empty();
        }
    }

    /**
     * Parses one certificate or several in DER or PEM, or a PKCS #7 bundle.
     *
     * @param bytes the encoded certificates; may come from an untrusted server
     * @return at most 10 certificates; empty if the bytes are invalid
     */
    public static List<X509Certificate> parseAll(byte[] bytes) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .stream()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .limit(10)
                    .toList();
        } catch (CertificateException | RuntimeException e) {
            // The bytes are untrusted; the parser throws unchecked exceptions for some invalid input.
            return List.of();
        }
    }

    /** Returns the URLs of the issuer's certificate (caIssuers, RFC 5280 section 4.2.2.1). */
    public static List<String> caIssuersUrls(X509Certificate certificate) {
        return accessUrls(certificate, CA_ISSUERS);
    }

    /** Returns the URLs of the OCSP responders (RFC 5280 section 4.2.2.1). */
    public static List<String> ocspUrls(X509Certificate certificate) {
        return accessUrls(certificate, OCSP);
    }

    /** Returns the URLs of the certificate revocation lists (RFC 5280 section 4.2.1.13). */
    public static List<String> crlUrls(X509Certificate certificate) {
        try {
            return extension(certificate, CRL_DISTRIBUTION_POINTS).stream()
                    .flatMap(points -> points.children().stream())
                    .flatMap(point -> point.firstChild(0xA0).stream())
                    .flatMap(name -> name.firstChild(0xA0).stream())
                    .flatMap(full -> full.children().stream())
                    .filter(name -> name.tag() == URI)
                    .map(DerElement::text)
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /**
     * Returns the value of an extension.
     *
     * @param certificate the certificate
     * @param id object identifier of the extension, in dotted form
     * @return the value; empty if the extension is absent or not valid DER
     */
    public static Optional<DerElement> extension(X509Certificate certificate, String id) {
        byte[] wrapped = certificate.getExtensionValue(id);
        if (wrapped == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DerElement.parse(DerElement.parse(wrapped).content()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> accessUrls(X509Certificate certificate, byte[] method) {
        try {
            return extension(certificate, AUTHORITY_INFORMATION).stream()
                    .flatMap(descriptions -> descriptions.children().stream())
                    .map(DerElement::children)
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
