package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.websentry.testsite.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import okio.Buffer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** Tests parsing of certificates and of their URLs (RFC 5280 sections 4.2.1.13 and 4.2.2.1). */
class CertificatesTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final X509Certificate PLAIN = ROOT.issue("a.net").build().certificate();
    private static final X509Certificate WITH_URLS = ROOT.issue("a.net")
            .caIssuers("http://ca.example/1")
            .ocsp("http://ocsp.example/")
            .caIssuers("http://ca.example/2")
            .crl("http://ca.example/list")
            .build()
            .certificate();

    @Test
    void urlsAreSelectedByAccessMethod() {
        assertEquals(List.of("http://ca.example/1", "http://ca.example/2"), Certificates.caIssuersUrls(WITH_URLS));
        assertEquals(List.of("http://ocsp.example/"), Certificates.ocspUrls(WITH_URLS));
        assertEquals(List.of("http://ca.example/list"), Certificates.crlUrls(WITH_URLS));
    }

    @Test
    void certificateWithoutExtensionsHasNoUrls() {
        assertEquals(List.of(), Certificates.caIssuersUrls(PLAIN));
        assertEquals(List.of(), Certificates.ocspUrls(PLAIN));
        assertEquals(List.of(), Certificates.crlUrls(PLAIN));
        assertEquals(Optional.empty(), Certificates.extension(PLAIN, "1.3.6.1.5.5.7.1.1"));
    }

    @Test
    void directoryNamesOfDistributionPointsAreSkipped() throws Exception {
        GeneralNames names = new GeneralNames(new GeneralName[] {
            new GeneralName(new X500Name("CN=list")),
            new GeneralName(GeneralName.uniformResourceIdentifier, "http://ca.example/list")
        });
        DistributionPoint point = new DistributionPoint(new DistributionPointName(names), null, null);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name("CN=Test root"),
                BigInteger.ONE,
                PLAIN.getNotBefore(),
                PLAIN.getNotAfter(),
                new X500Name("CN=a.net"),
                SubjectPublicKeyInfo.getInstance(PLAIN.getPublicKey().getEncoded()));
        builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(ROOT.key())));
        assertEquals(List.of("http://ca.example/list"), Certificates.crlUrls(certificate));
    }

    @Test
    void certificatesAreParsedFromDerAndPem() throws Exception {
        assertEquals(Optional.of(PLAIN), Certificates.parse(PLAIN.getEncoded()));
        byte[] pem = ROOT.rootPem().getBytes(StandardCharsets.US_ASCII);
        assertEquals(List.of(ROOT.certificate()), Certificates.parseAll(pem));
    }

    @Test
    void invalidBytesContainNoCertificate() {
        assertEquals(Optional.empty(), Certificates.parse(new byte[] {1, 2, 3}));
        assertEquals(Optional.empty(), Certificates.parse(new byte[] {0x30, 3, 2, 1, 5}));
        assertEquals(List.of(), Certificates.parseAll(new byte[0]));
    }

    @Test
    void atMostTenCertificatesAreParsed() {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 12; i++) {
            many.writeBytes(ROOT.rootPem().getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(10, Certificates.parseAll(many.toByteArray()).size());
    }

    /** RFC 6960 section 4.1.1: one request that contains the SHA-1 hashes of the issuer's name and key. */
    @Test
    void ocspRequestIdentifiesTheCertificate() throws Exception {
        List<DerElement> id = DerElement.parse(Ocsp.buildRequest(PLAIN, ROOT.certificate()))
                .children()
                .get(0)
                .children()
                .get(0)
                .children()
                .get(0)
                .children()
                .get(0)
                .children();
        var sha1 = java.security.MessageDigest.getInstance("SHA-1");
        assertArrayEquals(
                sha1.digest(ROOT.certificate().getSubjectX500Principal().getEncoded()),
                id.get(1).content());
        assertEquals(20, id.get(2).content().length);
        assertArrayEquals(PLAIN.getSerialNumber().toByteArray(), id.get(3).content());
    }

    /** Otherwise every check would verify the signature again. */
    @Test
    void equalBytesYieldTheSameCertificateObject() throws Exception {
        byte[] der = PLAIN.getEncoded();
        X509Certificate first = Certificates.parse(der).orElseThrow();
        assertSame(first, Certificates.parse(der.clone()).orElseThrow());
    }

    /** Browsers reject such a certificate in a handshake; a chain with it must not be trusted. */
    @Test
    void onlyExactlyOneCertificateInDerIsACertificateOfAHandshake() throws Exception {
        byte[] both = new Buffer()
                .write(PLAIN.getEncoded())
                .write(WITH_URLS.getEncoded())
                .readByteArray();
        assertEquals(Optional.empty(), Certificates.parse(both));
        assertEquals(2, Certificates.parseAll(both).size());
        byte[] trailing = new Buffer().write(PLAIN.getEncoded()).writeByte(0).readByteArray();
        assertEquals(Optional.empty(), Certificates.parse(trailing));
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(PLAIN.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        byte[] encoded = pem.getBytes(StandardCharsets.US_ASCII);
        assertEquals(List.of(PLAIN), Certificates.parseAll(encoded));
        assertEquals(Optional.empty(), Certificates.parse(encoded));
    }
}
