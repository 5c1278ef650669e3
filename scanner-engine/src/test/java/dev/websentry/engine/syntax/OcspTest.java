package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.syntax.Ocsp.OcspCertStatus;
import dev.websentry.testsite.TestCertificate;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests responses by RFC 6960 sections 3.2 and 4.2.2.2. */
class OcspTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Instant NEXT = NOW.plus(Duration.ofDays(7));
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate LEAF = ROOT.issue("a.net").build();
    private static final TestCertificate DELEGATE =
            ROOT.issue("ocsp.net").purpose(KeyPurposeId.id_kp_OCSPSigning).build();

    private static final TestCertificate RSA_DELEGATE = ROOT.issue("ocsp.net")
            .purpose(KeyPurposeId.id_kp_OCSPSigning)
            .rsa(2048)
            .build();

    static Stream<Object[]> statuses() {
        return Stream.of(
                new Object[] {CertificateStatus.GOOD, OcspCertStatus.GOOD},
                new Object[] {new RevokedStatus(Date.from(NOW), CRLReason.keyCompromise), OcspCertStatus.REVOKED},
                new Object[] {new UnknownStatus(), OcspCertStatus.UNKNOWN});
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void statusOfASignedResponseIsRead(CertificateStatus sent, OcspCertStatus expected) throws Exception {
        assertEquals(Optional.of(expected), status(respond(LEAF, ROOT, sent, ROOT, NOW, NEXT), NOW));
    }

    /** The clocks of responders may differ by five minutes. */
    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "604800, true", "605100, true", "605101, false"})
    void responseIsValidFromThisUpdateToNextUpdate(long secondsLater, boolean valid) throws Exception {
        byte[] response = respond(LEAF, ROOT, CertificateStatus.GOOD, ROOT, NOW, NEXT);
        assertEquals(valid, status(response, NOW.plusSeconds(secondsLater)).isPresent());
    }

    @Test
    void responseWithoutNextUpdateIsValid() throws Exception {
        byte[] response = respond(LEAF, ROOT, CertificateStatus.GOOD, ROOT, NOW, null);
        assertEquals(Optional.of(OcspCertStatus.GOOD), status(response, NEXT));
    }

    @Test
    void responseAboutAnotherCertificateIsIgnored() throws Exception {
        TestCertificate other = ROOT.issue("b.net").build();
        byte[] response = respond(other, ROOT, CertificateStatus.GOOD, ROOT, NOW, NEXT);
        assertEquals(Optional.empty(), status(response, NOW));
    }

    /** The same serial number of another issuer is another certificate. */
    @ParameterizedTest
    @ValueSource(strings = {"Other root", "Test root"})
    void responseAboutTheSerialNumberOfAnotherIssuerIsIgnored(String issuer) throws Exception {
        byte[] response = respond(LEAF, TestCertificate.root(issuer), CertificateStatus.GOOD, ROOT, NOW, NEXT);
        assertEquals(Optional.empty(), status(response, NOW));
    }

    @Test
    void responseOfAResponderThatTheIssuerAuthorizedIsRead() throws Exception {
        byte[] response = respond(LEAF, ROOT, CertificateStatus.GOOD, DELEGATE, NOW, NEXT, DELEGATE);
        assertEquals(Optional.of(OcspCertStatus.GOOD), status(response, NOW));
    }

    static Stream<TestCertificate> unauthorized() {
        return Stream.of(
                ROOT.issue("a.net").build(),
                ROOT.issueIntermediate("No extended key usage").build(),
                ROOT.issue("ocsp.net")
                        .purpose(KeyPurposeId.id_kp_OCSPSigning)
                        .valid(NOW.minusSeconds(20), NOW.minusSeconds(1))
                        .build(),
                ROOT.issue("ocsp.net")
                        .purpose(KeyPurposeId.id_kp_OCSPSigning)
                        .valid(NOW.plusSeconds(1), NOW.plusSeconds(20))
                        .build(),
                TestCertificate.root("Test root")
                        .issue("ocsp.net")
                        .purpose(KeyPurposeId.id_kp_OCSPSigning)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("unauthorized")
    void responseOfAnUnauthorizedResponderIsIgnored(TestCertificate responder) throws Exception {
        byte[] response = respond(LEAF, ROOT, CertificateStatus.GOOD, responder, NOW, NEXT, responder);
        assertEquals(Optional.empty(), status(response, NOW));
    }

    @Test
    void certificateOfADelegateWithoutItsSignatureIsNotEnough() throws Exception {
        TestCertificate other = TestCertificate.root("Other root");
        byte[] response = respond(LEAF, ROOT, CertificateStatus.GOOD, other, NOW, NEXT, DELEGATE);
        assertEquals(Optional.empty(), status(response, NOW));
    }

    @Test
    void errorResponseHasNoStatus() throws Exception {
        byte[] response = respond(LEAF, ROOT, CertificateStatus.GOOD, ROOT, NOW, NEXT);
        // The value of the response status follows two headers of a SEQUENCE and an ENUMERATED.
        int status = response.length - DerElement.parse(response).content().length + 2;
        assertEquals(0, response[status]);
        response[status] = 6;
        assertEquals(Optional.empty(), status(response, NOW));
    }

    @Test
    void changedResponseIsIgnored() throws Exception {
        byte[] response = respond(LEAF, ROOT, CertificateStatus.GOOD, ROOT, NOW, NEXT);
        response[response.length - 1] ^= 1;
        assertEquals(Optional.empty(), status(response, NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withRSA, RSA",
        "SHA384withRSA, RSA",
        "SHA512withRSA, RSA",
        "SHA256withECDSA, EC",
        "SHA384withECDSA, EC",
        "SHA512withECDSA, EC",
        "Ed25519, Ed25519"
    })
    void signatureAlgorithmsOfRespondersAreSupported(String algorithm, String key) throws Exception {
        byte[] response = signed(algorithm, delegate(key), basic(LEAF, ROOT, CertificateStatus.GOOD, ROOT, NOW, NEXT));
        assertEquals(Optional.of(OcspCertStatus.GOOD), status(response, NOW));
    }

    @ParameterizedTest
    @CsvSource({"SHA1withRSA, RSA", "SHA1withECDSA, EC", "SHA3-256withECDSA, EC"})
    void responseWithAnotherSignatureAlgorithmIsIgnored(String algorithm, String key) throws Exception {
        byte[] response = signed(algorithm, delegate(key), basic(LEAF, ROOT, CertificateStatus.GOOD, ROOT, NOW, NEXT));
        assertEquals(Optional.empty(), status(response, NOW));
    }

    /** The issuer has a key of another kind. */
    @Test
    void signatureOfAKeyOfAnotherKindIsInvalid() throws Exception {
        TestCertificate other =
                TestCertificate.root("Other root").issue("ocsp.net").rsa(2048).build();
        BasicOCSPRespBuilder basic = basic(LEAF, ROOT, CertificateStatus.GOOD, ROOT, NOW, NEXT);
        assertEquals(Optional.empty(), status(signed("SHA256withRSA", other, basic), NOW));
    }

    /** RFC 6960 section 4.4.1: extensions of the response follow the statuses. */
    @Test
    void statusBeforeExtensionsOfTheResponseIsRead() throws Exception {
        BasicOCSPRespBuilder basic = basic(LEAF, ROOT, CertificateStatus.GOOD, ROOT, NOW, NEXT);
        Extension nonce = new Extension(
                OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(new byte[16]).getEncoded());
        byte[] response = signed("SHA256withECDSA", ROOT, basic.setResponseExtensions(new Extensions(nonce)));
        assertEquals(Optional.of(OcspCertStatus.GOOD), status(response, NOW));
    }

    private static TestCertificate delegate(String key) throws Exception {
        return switch (key) {
            case "RSA" -> RSA_DELEGATE;
            case "EC" -> DELEGATE;
            default ->
                ROOT.issue("ocsp.net")
                        .purpose(KeyPurposeId.id_kp_OCSPSigning)
                        .keys(KeyPairGenerator.getInstance(key).generateKeyPair())
                        .build();
        };
    }

    private static byte[] signed(String algorithm, TestCertificate signer, BasicOCSPRespBuilder basic)
            throws Exception {
        var response = basic.build(
                new JcaContentSignerBuilder(algorithm).build(signer.key()),
                new X509CertificateHolder[] {holder(signer)},
                Date.from(NOW));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, response).getEncoded();
    }

    /** The serial number of a hostile certificate can be longer than the 20 octets of RFC 5280. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 47, 48, 49, 50, 51, 127, 128, 150, 200, 250, 255, 256, 300})
    void requestWithASerialNumberOfAnyLengthIsValid(int octets) throws Exception {
        BigInteger serial = BigInteger.ONE.shiftLeft(8 * octets - 2);
        var certificate = new JcaX509CertificateConverter()
                .getCertificate(new X509v3CertificateBuilder(
                                new X500Name("CN=Test root"),
                                serial,
                                Date.from(NOW),
                                Date.from(NEXT),
                                new X500Name("CN=a.net"),
                                SubjectPublicKeyInfo.getInstance(
                                        ROOT.certificate().getPublicKey().getEncoded()))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(ROOT.key())));
        byte[] request = Ocsp.buildRequest(certificate, ROOT.certificate());
        assertArrayEquals(request, DerElement.parseExactly(request).encoded());
        assertArrayEquals(request, ASN1Primitive.fromByteArray(request).getEncoded(ASN1Encoding.DER));
        OCSPReq parsed = new OCSPReq(request);
        assertEquals(1, parsed.getRequestList().length);
        CertificateID id = parsed.getRequestList()[0].getCertID();
        assertEquals(serial, id.getSerialNumber());
        assertEquals(true, id.matchesIssuer(holder(ROOT), new JcaDigestCalculatorProviderBuilder().build()));
    }

    private static Optional<OcspCertStatus> status(byte[] response, Instant now) {
        return Ocsp.certStatus(response, LEAF.certificate(), ROOT.certificate(), now);
    }

    private static byte[] respond(
            TestCertificate subject,
            TestCertificate issuer,
            CertificateStatus status,
            TestCertificate signer,
            Instant from,
            @Nullable Instant next,
            TestCertificate... sent)
            throws Exception {
        X509CertificateHolder[] certificates = new X509CertificateHolder[sent.length];
        for (int i = 0; i < sent.length; i++) {
            certificates[i] = holder(sent[i]);
        }
        var signed = basic(subject, issuer, status, signer, from, next)
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(signer.key()),
                        certificates,
                        Date.from(from));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed).getEncoded();
    }

    private static BasicOCSPRespBuilder basic(
            TestCertificate subject,
            TestCertificate issuer,
            CertificateStatus status,
            TestCertificate signer,
            Instant from,
            @Nullable Instant next)
            throws Exception {
        DigestCalculator sha1 = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
        BasicOCSPRespBuilder basic =
                new JcaBasicOCSPRespBuilder(signer.certificate().getPublicKey(), sha1);
        CertificateID id =
                new CertificateID(sha1, holder(issuer), subject.certificate().getSerialNumber());
        return basic.addResponse(id, status, Date.from(from), next == null ? null : Date.from(next));
    }

    private static X509CertificateHolder holder(TestCertificate certificate) throws Exception {
        return new JcaX509CertificateHolder(certificate.certificate());
    }
}
