package dev.websentry.engine.pki;

import dev.websentry.testsite.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Builds certificates with any extensions, also with contradictory ones. Valid around 1 March 2026. */
final class CertificateSpec {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");

    private static final AtomicLong SERIAL = new AtomicLong(1000);

    private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
    private X500Name subject;
    private KeyPair keys;
    private int version = 3;
    private Instant begin = NOW.minus(Duration.ofDays(30));
    private Instant end = NOW.plus(Duration.ofDays(60));
    private String signature = "SHA256withECDSA";

    private CertificateSpec(String subject) {
        this.subject = new X500Name(subject);
        this.keys = newKeys();
    }

    static CertificateSpec leaf(String subject, String... hosts) {
        return new CertificateSpec(subject)
                .names(List.of(hosts).stream()
                        .map(host -> new GeneralName(GeneralName.dNSName, host))
                        .toArray(GeneralName[]::new));
    }

    static CertificateSpec authority(String subject) {
        return new CertificateSpec(subject)
                .with(Extension.basicConstraints, true, new BasicConstraints(true))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    CertificateSpec subject(String name) {
        subject = new X500Name(name);
        return this;
    }

    CertificateSpec with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            extensions.put(
                    id, new Extension(id, critical, value.toASN1Primitive().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    CertificateSpec without(ASN1ObjectIdentifier id) {
        extensions.remove(id);
        return this;
    }

    CertificateSpec names(GeneralName... names) {
        return names.length == 0
                ? without(Extension.subjectAlternativeName)
                : with(Extension.subjectAlternativeName, subject.getRDNs().length == 0, new GeneralNames(names));
    }

    CertificateSpec permitting(GeneralName... names) {
        return with(Extension.nameConstraints, true, new NameConstraints(subtrees(names), null));
    }

    CertificateSpec excluding(GeneralName... names) {
        return with(Extension.nameConstraints, true, new NameConstraints(null, subtrees(names)));
    }

    CertificateSpec unknownExtension(boolean critical) {
        return with(UNKNOWN, critical, DERNull.INSTANCE);
    }

    CertificateSpec valid(Instant from, Instant until) {
        begin = from;
        end = until;
        return this;
    }

    CertificateSpec expired() {
        return valid(NOW.minus(Duration.ofDays(60)), NOW.minus(Duration.ofDays(1)));
    }

    CertificateSpec keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    KeyPair keys() {
        return keys;
    }

    CertificateSpec version1() {
        version = 1;
        return this;
    }

    CertificateSpec signature(String algorithm) {
        signature = algorithm;
        return this;
    }

    TestCertificate selfSigned() {
        return build(Optional.empty(), keys);
    }

    TestCertificate issuedBy(TestCertificate issuer) {
        return build(Optional.of(issuer), new KeyPair(issuer.certificate().getPublicKey(), issuer.key()));
    }

    /** Names an issuer, but signs with another key. */
    TestCertificate forgedBy(TestCertificate issuer) {
        return build(Optional.of(issuer), newKeys());
    }

    private TestCertificate build(Optional<TestCertificate> issuer, KeyPair signer) {
        try {
            return build(issuer, new JcaContentSignerBuilder(signature).build(signer.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    TestCertificate build(Optional<TestCertificate> issuer, ContentSigner signer) {
        X500Name issuerName = issuer.map(authority -> X500Name.getInstance(
                        authority.certificate().getSubjectX500Principal().getEncoded()))
                .orElse(subject);
        List<X509Certificate> issuers = new ArrayList<>();
        issuer.ifPresent(authority -> {
            issuers.add(authority.certificate());
            issuers.addAll(authority.issuers());
        });
        try {
            // Key identifiers, as all CAs set them: OpenSSL selects issuers of one name by them.
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            with(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
            with(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(identifiers
                            .createSubjectKeyIdentifier(issuer.map(TestCertificate::certificate)
                                    .map(X509Certificate::getPublicKey)
                                    .orElse(keys.getPublic()))
                            .getKeyIdentifier()));
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder(issuerName, signer));
            return new TestCertificate(keys.getPrivate(), certificate, issuers);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the encoding, also if the JDK cannot parse it. */
    byte[] encodedBy(TestCertificate issuer) {
        try {
            return holder(new X500Name("CN=Test root"), new JcaContentSignerBuilder(signature).build(issuer.key()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509CertificateHolder holder(X500Name issuer, ContentSigner signer) throws IOException {
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        BigInteger serial = BigInteger.valueOf(SERIAL.incrementAndGet());
        if (version == 1) {
            return new X509v1CertificateBuilder(issuer, serial, Date.from(begin), Date.from(end), subject, key)
                    .build(signer);
        }
        X509v3CertificateBuilder builder =
                new X509v3CertificateBuilder(issuer, serial, Date.from(begin), Date.from(end), subject, key);
        for (Extension extension : extensions.values()) {
            builder.addExtension(extension);
        }
        return builder.build(signer);
    }

    private static GeneralSubtree[] subtrees(GeneralName... names) {
        return List.of(names).stream().map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
    }
}
