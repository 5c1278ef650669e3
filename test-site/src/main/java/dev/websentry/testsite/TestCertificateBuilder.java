package dev.websentry.testsite;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Builds test certificates. The defaults are those of a good server certificate: EC P-256, SHA-256, valid for 90 days,
 * issued 30 days ago. Not thread-safe.
 */
public final class TestCertificateBuilder {
    // Passed explicitly instead of registered, so that the providers of the JVM are the same as in production.
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern IP_LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Extension for embedded signed certificate timestamps (RFC 6962 section 3.3). */
    private static final ASN1ObjectIdentifier TLS_FEATURE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");

    private static final ASN1ObjectIdentifier SCT_LIST = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");

    private final String subject;
    private final List<GeneralName> names = new ArrayList<>();
    private final List<AccessDescription> access = new ArrayList<>();
    private KeyPair keys = ec("secp256r1");
    private Instant notBefore = Instant.now().minus(Duration.ofDays(30));
    private Instant notAfter = notBefore.plus(Duration.ofDays(90));
    private @Nullable String signature;
    private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;
    private boolean certificateAuthority;
    private @Nullable String crlUrl;
    private byte[] tlsFeatures = {};
    private byte[] signedCertificateTimestamps = {};
    private @Nullable TestCertificate issuer;

    TestCertificateBuilder(String subject) {
        this.subject = subject;
    }

    /** Adds DNS names or IP addresses to the subjectAltName extension. */
    public TestCertificateBuilder names(String... all) {
        for (String name : all) {
            boolean address = IP_LITERAL.matcher(name).matches();
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return this;
    }

    /** Sets the issuer; without one the certificate is self-signed. */
    public TestCertificateBuilder issuedBy(TestCertificate authority) {
        issuer = authority;
        return this;
    }

    /** Makes the certificate a CA certificate that is valid for ten years. */
    public TestCertificateBuilder certificateAuthority() {
        certificateAuthority = true;
        notAfter = notBefore.plus(Duration.ofDays(3650));
        return this;
    }

    /** Sets the validity period. */
    public TestCertificateBuilder valid(Instant from, Instant until) {
        notBefore = from;
        notAfter = until;
        return this;
    }

    /**
     * Sets the validity period relative to the current time.
     *
     * @param since time since the start of the validity period
     * @param left time until its end
     */
    public TestCertificateBuilder valid(Duration since, Duration left) {
        return valid(Instant.now().minus(since), Instant.now().plus(left));
    }

    /** Generates an RSA key. */
    public TestCertificateBuilder rsa(int bits) {
        keys = generate("RSA", bits);
        return this;
    }

    /**
     * Generates an EC key.
     *
     * @param curve such as {@code secp384r1}
     */
    public TestCertificateBuilder curve(String curve) {
        keys = ec(curve);
        return this;
    }

    /** Sets the key pair. */
    public TestCertificateBuilder keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    /**
     * Sets the signature algorithm.
     *
     * @param algorithm such as {@code SHA1withRSA}; must match the key of the issuer
     */
    public TestCertificateBuilder signature(String algorithm) {
        signature = algorithm;
        return this;
    }

    /** Sets the extended key usage. */
    public TestCertificateBuilder purpose(KeyPurposeId other) {
        purpose = other;
        return this;
    }

    /** Adds a URL of the issuer's certificate. */
    public TestCertificateBuilder caIssuers(String url) {
        return access(AccessDescription.id_ad_caIssuers, url);
    }

    /** Adds a URL of an OCSP responder. */
    public TestCertificateBuilder ocsp(String url) {
        return access(AccessDescription.id_ad_ocsp, url);
    }

    /** Sets the URL of the certificate revocation list. */
    public TestCertificateBuilder crl(String url) {
        crlUrl = url;
        return this;
    }

    /**
     * Adds signed certificate timestamps.
     *
     * @param signed the TLS-encoded list of RFC 6962 section 3.3
     */
    public TestCertificateBuilder signedCertificateTimestamps(byte[] signed) {
        signedCertificateTimestamps = signed.clone();
        return this;
    }

    /** Adds the TLS feature extension that requires a stapled OCSP response (RFC 7633). */
    public TestCertificateBuilder mustStaple() {
        return tlsFeatures(new byte[] {0x30, 3, 2, 1, 5});
    }

    /**
     * Adds the TLS feature extension (RFC 7633).
     *
     * @param encoded the value of the extension, which need not be valid
     */
    public TestCertificateBuilder tlsFeatures(byte[] encoded) {
        tlsFeatures = encoded.clone();
        return this;
    }

    /** Builds a self-signed certificate. */
    public TestCertificate selfSigned() {
        issuer = null;
        return build();
    }

    /** Builds the certificate. */
    public TestCertificate build() {
        List<X509Certificate> issuers = new ArrayList<>();
        if (issuer != null) {
            issuers.add(issuer.certificate());
            issuers.addAll(issuer.issuers());
        }
        try {
            return new TestCertificate(keys.getPrivate(), sign(), issuers);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign() throws GeneralSecurityException, OperatorCreationException, CertIOException {
        X500Name name = new X500Name(subject);
        X500Name issuerName = issuer == null
                ? name
                : X500Name.getInstance(
                        issuer.certificate().getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuerName,
                new BigInteger(64, RANDOM).add(BigInteger.ONE),
                Date.from(notBefore),
                Date.from(notAfter),
                name,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(certificateAuthority));
        int usage = certificateAuthority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
        // Required for key exchange with static RSA.
        int encipherment =
                !certificateAuthority && keys.getPublic().getAlgorithm().equals("RSA") ? KeyUsage.keyEncipherment : 0;
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage | encipherment));
        if (!certificateAuthority) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
        addIfAny(
                builder,
                Extension.subjectAlternativeName,
                names.isEmpty(),
                () -> new GeneralNames(names.toArray(GeneralName[]::new)));
        addIfAny(
                builder,
                Extension.authorityInfoAccess,
                access.isEmpty(),
                () -> new AuthorityInformationAccess(access.toArray(AccessDescription[]::new)));
        String url = crlUrl;
        if (url != null) {
            GeneralNames at = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url));
            DistributionPoint point = new DistributionPoint(new DistributionPointName(at), null, null);
            builder.addExtension(
                    Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
        }
        addIfAny(
                builder,
                SCT_LIST,
                signedCertificateTimestamps.length == 0,
                () -> new DEROctetString(signedCertificateTimestamps));
        if (tlsFeatures.length > 0) {
            builder.addExtension(TLS_FEATURE, false, tlsFeatures);
        }
        var signerKey = issuer == null ? keys.getPrivate() : issuer.key();
        PublicKey signerPublic =
                issuer == null ? keys.getPublic() : issuer.certificate().getPublicKey();
        var signer = new JcaContentSignerBuilder(signature == null ? algorithm(signerPublic) : signature)
                .setProvider(BC)
                .build(signerKey);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static void addIfAny(
            X509v3CertificateBuilder builder,
            ASN1ObjectIdentifier id,
            boolean none,
            java.util.function.Supplier<ASN1Encodable> value)
            throws CertIOException {
        if (!none) {
            builder.addExtension(id, false, value.get());
        }
    }

    private TestCertificateBuilder access(ASN1ObjectIdentifier method, String url) {
        access.add(new AccessDescription(method, new GeneralName(GeneralName.uniformResourceIdentifier, url)));
        return this;
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "DSA" -> "SHA256withDSA";
            case "EdDSA", "Ed25519" -> "Ed25519";
            default -> "SHA256withECDSA";
        };
    }

    private static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
