package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement;
import dev.websentry.testsite.TestCertificate;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import okio.ByteString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;

class RevocationStatusTest {
    private static final Instant NOW = ObservedSite.NOW;
    private static final CertificateStatus REVOKED =
            new RevokedStatus(Date.from(NOW.minus(Duration.ofDays(1))), CRLReason.keyCompromise);

    private final TestCertificate leaf = ObservedTls.leaf().build();

    @Test
    void revokedCertificateFails() throws Exception {
        EvaluatedCheck result =
                evaluate(RevocationStatement.RevocationSource.OCSP, ocsp(REVOKED, ObservedTls.ROOT, NOW));
        assertEquals(CheckOutcome.FAIL, result.verdict().outcome());
        assertEquals(49, result.verdict().caps().get(0).limit());
        assertTrue(
                result.verdict().value().startsWith("Revoked"), result.verdict().value());
    }

    @Test
    void goodOcspResponsePasses() throws Exception {
        assertPasses(RevocationStatement.RevocationSource.OCSP, ocsp(CertificateStatus.GOOD, ObservedTls.ROOT, NOW));
    }

    @Test
    void responseOfAnotherSignerIsIgnored() throws Exception {
        assertPasses(
                RevocationStatement.RevocationSource.OCSP, ocsp(REVOKED, ObservedTls.selfSignedRoot("Test root"), NOW));
    }

    @Test
    void outdatedOcspResponseIsIgnored() throws Exception {
        assertPasses(
                RevocationStatement.RevocationSource.OCSP,
                ocsp(REVOKED, ObservedTls.ROOT, NOW.minus(Duration.ofDays(365))));
    }

    @Test
    void malformedResponseIsIgnored() {
        assertPasses(RevocationStatement.RevocationSource.OCSP, new byte[] {0x30, 3, 10, 1, 6});
        assertPasses(RevocationStatement.RevocationSource.CRL, new byte[] {1, 2, 3});
    }

    @Test
    void sourceOfTheRevocationIsNamed() throws Exception {
        byte[] response = ocsp(REVOKED, ObservedTls.ROOT, NOW);
        assertEquals(
                "Revoked according to the issuer's OCSP responder",
                evaluate(RevocationStatement.RevocationSource.OCSP, response)
                        .verdict()
                        .value());
        EvaluatedCheck stapled = ObservedTls.good()
                .serves(leaf.servedChain(), Optional.of(response))
                .evaluate("ssl.certificate-trust");
        assertEquals(CheckOutcome.FAIL, stapled.verdict().outcome());
        assertEquals(
                "Revoked according to the stapled OCSP response",
                stapled.verdict().value());
    }

    @Test
    void certificateOnCrlFails() throws Exception {
        EvaluatedCheck result = evaluate(
                RevocationStatement.RevocationSource.CRL, crl("CN=Test root", ObservedTls.ROOT, serialNumber()));
        assertEquals(CheckOutcome.FAIL, result.verdict().outcome());
        assertEquals(
                "Revoked according to the issuer's certificate revocation list (CRL)",
                result.verdict().value());
    }

    /** RFC 5280 section 6.3.3: the issuer of the certificate issued and signed the list. */
    @Test
    void crlOfAnotherIssuerIsIgnored() throws Exception {
        TestCertificate other = ObservedTls.selfSignedRoot("Test root");
        assertPasses(RevocationStatement.RevocationSource.CRL, crl("CN=Test root", other, serialNumber()));
        assertPasses(RevocationStatement.RevocationSource.CRL, crl("CN=Other root", ObservedTls.ROOT, serialNumber()));
    }

    @Test
    void certificateThatIsNotOnTheCrlPasses() throws Exception {
        BigInteger another = serialNumber().add(BigInteger.ONE);
        assertPasses(RevocationStatement.RevocationSource.CRL, crl("CN=Test root", ObservedTls.ROOT, another));
    }

    private BigInteger serialNumber() {
        return leaf.certificate().getSerialNumber();
    }

    private static byte[] crl(String issuer, TestCertificate signer, BigInteger revoked) throws Exception {
        X509v2CRLBuilder list = new X509v2CRLBuilder(new X500Name(issuer), Date.from(NOW));
        list.addCRLEntry(revoked, Date.from(NOW), CRLReason.keyCompromise);
        return list.build(signer(signer)).getEncoded();
    }

    private void assertPasses(RevocationStatement.RevocationSource kind, byte[] response) {
        assertEquals(CheckOutcome.PASS, evaluate(kind, response).verdict().outcome());
    }

    private EvaluatedCheck evaluate(RevocationStatement.RevocationSource kind, byte[] response) {
        return ObservedTls.good()
                .serves(leaf)
                .revocation(new RevocationStatement(
                        ByteString.of(ObservedTls.encoded(leaf.certificate())), kind, ByteString.of(response)))
                .evaluate("ssl.certificate-trust");
    }

    private byte[] ocsp(CertificateStatus status, TestCertificate signer, Instant at) throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        var sha1 = digests.get(CertificateID.HASH_SHA1);
        BasicOCSPRespBuilder basic =
                new JcaBasicOCSPRespBuilder(signer.certificate().getPublicKey(), sha1);
        CertificateID id = new CertificateID(
                sha1,
                new JcaX509CertificateHolder(ObservedTls.ROOT.certificate()),
                leaf.certificate().getSerialNumber());
        basic.addResponse(id, status, Date.from(at), Date.from(at.plus(Duration.ofDays(7))));
        var signed = basic.build(signer(signer), new X509CertificateHolder[0], Date.from(at));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed).getEncoded();
    }

    private static ContentSigner signer(TestCertificate authority) throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(authority.key());
    }
}
