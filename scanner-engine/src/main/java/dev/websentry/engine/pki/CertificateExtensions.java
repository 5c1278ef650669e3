package dev.websentry.engine.pki;

import dev.websentry.engine.pki.CertificateFields.CertificateExtension;
import dev.websentry.engine.syntax.DerElement;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import okio.ByteString;

/**
 * The extensions of a certificate that path validation processes (RFC 5280 section 4.2).
 *
 * @param authority whether the certificate belongs to a CA
 * @param pathLength the maximum number of intermediate certificates below it, if limited
 * @param keyUsage the bits of the key usage; empty if every usage is allowed
 * @param purposes the object identifiers of the extended key usage; empty if every purpose is allowed
 * @param names the subject alternative names
 * @param constraints the name constraints
 * @param policies the policy extensions
 * @param unknownCritical the critical extensions that path validation does not process
 */
record CertificateExtensions(
        boolean authority,
        OptionalInt pathLength,
        Optional<ByteString> keyUsage,
        Optional<List<String>> purposes,
        List<GeneralName> names,
        Optional<NameConstraints> constraints,
        PolicyExtensions policies,
        List<String> unknownCritical) {
    static final int DIGITAL_SIGNATURE = 0;
    static final int KEY_ENCIPHERMENT = 2;
    static final int KEY_CERT_SIGN = 5;

    private static final String KEY_USAGE = "2.5.29.15";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    /** Clients may ignore the distribution points if they do not use revocation lists. */
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";

    private static final Set<String> PROCESSED = Set.of(
            KEY_USAGE,
            BASIC_CONSTRAINTS,
            NAME_CONSTRAINTS,
            EXTENDED_KEY_USAGE,
            CRL_DISTRIBUTION_POINTS,
            CertificateFields.SUBJECT_ALT_NAME,
            PolicyExtensions.POLICIES,
            PolicyExtensions.MAPPINGS,
            PolicyExtensions.CONSTRAINTS,
            PolicyExtensions.INHIBIT_ANY);
    private static final BigInteger MAX_COUNT = BigInteger.valueOf(1000);

    CertificateExtensions {
        names = List.copyOf(names);
        unknownCritical = List.copyOf(unknownCritical);
    }

    /**
     * Reads the extensions.
     *
     * @throws MalformedCertificateException if an extension does not have the format of RFC 5280
     */
    static CertificateExtensions of(CertificateFields fields) {
        Optional<List<DerElement>> basic = fields.extension(BASIC_CONSTRAINTS)
                .map(read(extension -> extension.parsed(DerElement.SEQUENCE).children()));
        return new CertificateExtensions(
                basic.map(read(CertificateExtensions::isAuthority)).orElse(false),
                basic.map(read(CertificateExtensions::pathLength)).orElse(OptionalInt.empty()),
                fields.extension(KEY_USAGE).map(read(CertificateExtensions::bits)),
                fields.extension(EXTENDED_KEY_USAGE).map(read(CertificateExtensions::purposes)),
                fields.extension(CertificateFields.SUBJECT_ALT_NAME)
                        .map(read(CertificateExtensions::names))
                        .orElse(List.of()),
                fields.extension(NAME_CONSTRAINTS).map(read(NameConstraints::of)),
                PolicyExtensions.of(fields),
                fields.extensions().values().stream()
                        .filter(extension -> extension.critical() && !PROCESSED.contains(extension.id()))
                        .map(CertificateExtension::id)
                        .sorted()
                        .toList());
    }

    /** Returns whether the key usage allows a usage; without the extension, every usage is allowed. */
    boolean allows(int bit) {
        return keyUsage.filter(bits -> bits.size() * 8 <= bit || (bits.getByte(bit / 8) & (0x80 >> bit % 8)) == 0)
                .isEmpty();
    }

    /** Reads a count of certificates; larger numbers than any path has are as good as {@link #MAX_COUNT}. */
    static int count(DerElement integer) {
        byte[] number = integer.content();
        if (number.length == 0 || number[0] < 0) {
            throw new IllegalArgumentException("invalid count");
        }
        return new BigInteger(number).min(MAX_COUNT).intValue();
    }

    /** Wraps a parser, so that every error in the syntax of an extension is reported as a malformed certificate. */
    static <T, R> Function<T, R> read(Function<T, R> parser) {
        return input -> {
            try {
                return parser.apply(input);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new MalformedCertificateException("an extension of the certificate cannot be read");
            }
        };
    }

    private static boolean isAuthority(List<DerElement> basic) {
        return !basic.isEmpty()
                && basic.get(0).tag() == DerElement.BOOLEAN
                && basic.get(0).content()[0] != 0;
    }

    private static OptionalInt pathLength(List<DerElement> basic) {
        return basic.stream()
                .filter(field -> field.tag() == DerElement.INTEGER)
                .mapToInt(CertificateExtensions::count)
                .findFirst();
    }

    /** Returns the bits without the octet that counts the unused ones. */
    private static ByteString bits(CertificateExtension extension) {
        return ByteString.of(extension.parsed(DerElement.BIT_STRING).content()).substring(1);
    }

    private static List<String> purposes(CertificateExtension extension) {
        List<String> purposes = extension.parsed(DerElement.SEQUENCE).children().stream()
                .map(DerElement::objectIdentifier)
                .toList();
        if (purposes.isEmpty()) {
            throw new IllegalArgumentException("no purposes");
        }
        return purposes;
    }

    private static List<GeneralName> names(CertificateExtension extension) {
        return extension.parsed(DerElement.SEQUENCE).children().stream()
                .map(GeneralName::of)
                .toList();
    }
}
