package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.DerElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/**
 * The fields of a certificate that path validation uses, read from its encoding. The JDK's classes are not asked,
 * because some of them change the names of a certificate while they evaluate name constraints.
 *
 * @param version 1, 2 or 3
 * @param issuer the issuer's name
 * @param subject the subject's name
 * @param publicKey the encoded public key with its algorithm
 * @param extensions the extensions by object identifier
 */
record CertificateFields(
        int version,
        DistinguishedName issuer,
        DistinguishedName subject,
        ByteString publicKey,
        Map<String, CertificateExtension> extensions) {
    static final String SUBJECT_KEY_ID = "2.5.29.14";
    static final String AUTHORITY_KEY_ID = "2.5.29.35";
    static final String SUBJECT_ALT_NAME = "2.5.29.17";

    private static final int EXPLICIT_VERSION = 0xA0;
    private static final int EXPLICIT_EXTENSIONS = 0xA3;
    private static final int MAX_EXTENSIONS = 64;

    /**
     * An extension of a certificate.
     *
     * @param id object identifier in dotted form
     * @param critical whether clients that do not know the extension must reject the certificate
     * @param value the content of the extension's OCTET STRING
     */
    record CertificateExtension(String id, boolean critical, ByteString value) {
        /**
         * Returns the value as DER.
         *
         * @throws MalformedCertificateException if the value is not one DER element with the tag
         */
        DerElement parsed(int tag) {
            try {
                DerElement element = DerElement.parseExactly(value.toByteArray());
                if (element.tag() == tag) {
                    return element;
                }
            } catch (IllegalArgumentException e) {
                // Reported below.
            }
            throw new MalformedCertificateException("the extension " + id + " cannot be read");
        }
    }

    CertificateFields {
        extensions = Map.copyOf(extensions);
    }

    /**
     * Reads a certificate.
     *
     * @param der one certificate
     * @throws MalformedCertificateException if the certificate does not have the format of RFC 5280 section 4.1
     */
    static CertificateFields parse(byte[] der) {
        try {
            return read(DerElement.parseExactly(der));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MalformedCertificateException("the certificate is not valid DER");
        }
    }

    Optional<CertificateExtension> extension(String id) {
        return Optional.ofNullable(extensions.get(id));
    }

    boolean isSelfIssued() {
        return subject.equals(issuer);
    }

    private static CertificateFields read(DerElement certificate) {
        List<DerElement> outer = certificate.children();
        List<DerElement> fields = outer.get(0).children();
        int first = fields.get(0).tag() == EXPLICIT_VERSION ? 1 : 0;
        int version = first == 0 ? 1 : version(fields.get(0));
        // RFC 5280 section 4.1.1.2: both fields must contain the same algorithm.
        if (!Arrays.equals(fields.get(first + 1).encoded(), outer.get(1).encoded())) {
            throw new MalformedCertificateException("the two signature algorithms of the certificate differ");
        }
        CertificateFields read = new CertificateFields(
                version,
                DistinguishedName.of(fields.get(first + 2)),
                DistinguishedName.of(fields.get(first + 4)),
                ByteString.of(fields.get(first + 5).encoded()),
                extensions(fields.subList(first + 6, fields.size()), version));
        requireNames(read);
        return read;
    }

    private static int version(DerElement explicit) {
        byte[] number = DerElement.parseExactly(explicit.content()).content();
        if (number.length != 1 || number[0] < 0 || number[0] > 2) {
            throw new MalformedCertificateException("the version of the certificate is unknown");
        }
        return number[0] + 1;
    }

    private static Map<String, CertificateExtension> extensions(List<DerElement> last, int version) {
        Map<String, CertificateExtension> extensions = new LinkedHashMap<>();
        for (DerElement field : last) {
            if (field.tag() != EXPLICIT_EXTENSIONS) {
                continue;
            }
            if (version < 3) {
                // RFC 5280 section 4.1.2.9.
                throw new MalformedCertificateException("a certificate of version " + version + " has extensions");
            }
            List<DerElement> all = DerElement.parseExactly(field.content()).children();
            if (all.size() > MAX_EXTENSIONS) {
                throw new MalformedCertificateException("the certificate has " + all.size() + " extensions");
            }
            for (DerElement element : all) {
                CertificateExtension extension = extension(element);
                if (extensions.put(extension.id(), extension) != null) {
                    // RFC 5280 section 4.2.
                    throw new MalformedCertificateException("the extension " + extension.id() + " occurs twice");
                }
            }
        }
        return extensions;
    }

    private static CertificateExtension extension(DerElement element) {
        List<DerElement> parts = new ArrayList<>(element.children());
        boolean critical = false;
        if (parts.size() == 3 && parts.get(1).tag() == DerElement.BOOLEAN) {
            byte[] flag = parts.remove(1).content();
            critical = flag.length != 1 || flag[0] != 0;
        }
        if (parts.size() != 2 || parts.get(1).tag() != DerElement.OCTET_STRING) {
            throw new MalformedCertificateException("an extension of the certificate cannot be read");
        }
        return new CertificateExtension(
                parts.get(0).objectIdentifier(),
                critical,
                ByteString.of(parts.get(1).content()));
    }

    /** Applies RFC 5280 sections 4.1.2.4 and 4.1.2.6: issuers have names, and names outside of the subject count. */
    private static void requireNames(CertificateFields read) {
        if (read.issuer().isEmpty()) {
            throw new MalformedCertificateException("the issuer of the certificate has no name");
        }
        boolean negligible = read.extension(SUBJECT_ALT_NAME)
                .filter(names -> !names.critical())
                .isPresent();
        if (read.subject().isEmpty() && negligible) {
            throw new MalformedCertificateException(
                    "the subject of the certificate is empty, but its subjectAltName extension is not critical");
        }
    }
}
