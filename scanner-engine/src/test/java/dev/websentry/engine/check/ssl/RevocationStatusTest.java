package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement;
import dev.websentry.testsite.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import okio.ByteString;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
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
    void certificateOnCrlFails() throws Exception {
        JcaX509v2CRLBuilder list =
                new JcaX509v2CRLBuilder(ObservedTls.ROOT.certificate().getSubjectX500Principal(), Date.from(NOW));
        list.addCRLEntry(leaf.certificate().getSerialNumber(), Date.from(NOW), CRLReason.keyCompromise);
        EvaluatedCheck result = evaluate(
                RevocationStatement.RevocationSource.CRL,
                list.build(signer(ObservedTls.ROOT)).getEncoded());
        assertEquals(CheckOutcome.FAIL, result.verdict().outcome());
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
