package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.DerElement;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import okio.ByteString;

/**
 * A certificate with the fields that path validation reads from its encoding.
 *
 * @param certificate the certificate
 * @param id the digest of its encoding
 * @param fields its fields
 * @param extensions its extensions; empty if one of them is malformed
 * @param defect what is malformed; empty if nothing is
 */
record ParsedCertificate(
        X509Certificate certificate,
        ByteString id,
        Optional<CertificateFields> fields,
        Optional<CertificateExtensions> extensions,
        String defect) {

    static ParsedCertificate of(X509Certificate certificate) {
        byte[] encoded = encoded(certificate);
        ByteString id = ByteString.of(encoded).sha256();
        Optional<CertificateFields> fields = Optional.empty();
        try {
            fields = Optional.of(CertificateFields.parse(encoded));
            return new ParsedCertificate(certificate, id, fields, fields.map(CertificateExtensions::of), "");
        } catch (MalformedCertificateException e) {
            return new ParsedCertificate(certificate, id, fields, Optional.empty(), e.reason());
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate always has an encoding", e);
        }
    }

    boolean isValidAt(Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /** Returns whether the names permit that this certificate issued another one. */
    boolean isNamedAsIssuerOf(ParsedCertificate other) {
        return fields.isPresent()
                && other.fields.isPresent()
                && fields.get().subject().equals(other.fields.get().issuer());
    }

    boolean isSelfIssued() {
        return fields.filter(CertificateFields::isSelfIssued).isPresent();
    }

    /** Returns whether the other certificate has the same subject and the same key; a path needs only one of them. */
    boolean isSameEntity(ParsedCertificate other) {
        return fields.isPresent()
                && other.fields.isPresent()
                && fields.get().publicKey().equals(other.fields.get().publicKey())
                && fields.get().subject().equals(other.fields.get().subject());
    }

    /**
     * Returns whether the key identifiers suggest that this certificate issued another one (RFC 5280 section 4.2.1.1).
     * They are a hint only.
     */
    boolean hasKeyIdentifierFor(ParsedCertificate other) {
        Optional<ByteString> own = keyIdentifier(CertificateFields.SUBJECT_KEY_ID, DerElement.OCTET_STRING);
        return own.isPresent() && own.equals(other.keyIdentifier(CertificateFields.AUTHORITY_KEY_ID, 0x80));
    }

    private Optional<ByteString> keyIdentifier(String extension, int tag) {
        try {
            return fields.flatMap(read -> read.extension(extension))
                    .map(found -> DerElement.parse(found.value().toByteArray()))
                    .flatMap(value -> value.tag() == tag ? Optional.of(value) : value.firstChild(tag))
                    .map(value -> ByteString.of(value.content()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the subject for reports. */
    String name() {
        return certificate.getSubjectX500Principal().getName();
    }

    /** Returns the issuer for reports. */
    String issuerName() {
        return certificate.getIssuerX500Principal().getName();
    }
}
