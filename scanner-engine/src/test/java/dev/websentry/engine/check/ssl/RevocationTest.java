package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.observe.TlsObservations.RevocationAnswer;
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

class RevocationTest {
    private static final Instant NOW = SeenSite.NOW;
    private static final CertificateStatus REVOKED =
            new RevokedStatus(Date.from(NOW.minus(Duration.ofDays(1))), CRLReason.keyCompromise);

    private final TestCertificate leaf = SeenTls.leaf().build();

    @Test
    void revokedCertificateFails() throws Exception {
        Judged result = evaluate(RevocationAnswer.Kind.OCSP, ocsp(REVOKED, SeenTls.ROOT, NOW));
        assertEquals(Outcome.FAIL, result.verdict().outcome());
        assertEquals(49, result.verdict().caps().get(0).limit());
        assertTrue(
                result.verdict().value().startsWith("Revoked"), result.verdict().value());
    }

    @Test
    void goodOcspResponsePasses() throws Exception {
        assertPasses(RevocationAnswer.Kind.OCSP, ocsp(CertificateStatus.GOOD, SeenTls.ROOT, NOW));
    }

    @Test
    void responseOfAnotherSignerIsIgnored() throws Exception {
        assertPasses(RevocationAnswer.Kind.OCSP, ocsp(REVOKED, SeenTls.rooted("Test root"), NOW));
    }

    @Test
    void outdatedOcspResponseIsIgnored() throws Exception {
        assertPasses(RevocationAnswer.Kind.OCSP, ocsp(REVOKED, SeenTls.ROOT, NOW.minus(Duration.ofDays(365))));
    }

    @Test
    void malformedResponseIsIgnored() {
        assertPasses(RevocationAnswer.Kind.OCSP, new byte[] {0x30, 3, 10, 1, 6});
        assertPasses(RevocationAnswer.Kind.CRL, new byte[] {1, 2, 3});
    }

    @Test
    void certificateOnCrlFails() throws Exception {
        JcaX509v2CRLBuilder list =
                new JcaX509v2CRLBuilder(SeenTls.ROOT.certificate().getSubjectX500Principal(), Date.from(NOW));
        list.addCRLEntry(leaf.certificate().getSerialNumber(), Date.from(NOW), CRLReason.keyCompromise);
        Judged result = evaluate(
                RevocationAnswer.Kind.CRL, list.build(signer(SeenTls.ROOT)).getEncoded());
        assertEquals(Outcome.FAIL, result.verdict().outcome());
    }

    private void assertPasses(RevocationAnswer.Kind kind, byte[] response) {
        assertEquals(Outcome.PASS, evaluate(kind, response).verdict().outcome());
    }

    private Judged evaluate(RevocationAnswer.Kind kind, byte[] response) {
        return SeenTls.good()
                .serves(leaf)
                .revocation(new RevocationAnswer(
                        ByteString.of(SeenTls.encoded(leaf.certificate())), kind, ByteString.of(response)))
                .judged("ssl.certificate-trust");
    }

    private byte[] ocsp(CertificateStatus status, TestCertificate signer, Instant at) throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        var sha1 = digests.get(CertificateID.HASH_SHA1);
        BasicOCSPRespBuilder basic =
                new JcaBasicOCSPRespBuilder(signer.certificate().getPublicKey(), sha1);
        CertificateID id = new CertificateID(
                sha1,
                new JcaX509CertificateHolder(SeenTls.ROOT.certificate()),
                leaf.certificate().getSerialNumber());
        basic.addResponse(id, status, Date.from(at), Date.from(at.plus(Duration.ofDays(7))));
        var signed = basic.build(signer(signer), new X509CertificateHolder[0], Date.from(at));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed).getEncoded();
    }

    private static ContentSigner signer(TestCertificate authority) throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(authority.key());
    }
}
