package dev.websentry.engine.fuzz;

import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.ssl.SeenTls;
import dev.websentry.engine.syntax.Der;
import dev.websentry.engine.syntax.Ocsp;
import dev.websentry.testsite.TestCertificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
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

/**
 * Revocation data signed by the issuer of a certificate: OCSP responses for good and revoked, and a revocation list
 * that contains the certificate.
 */
final class RevocationStatements {
    private final TestCertificate leaf;
    private final byte[] good;
    private final byte[] revoked;
    private final byte[] list;

    RevocationStatements(TestCertificate leaf) {
        this.leaf = leaf;
        try {
            good = answer(CertificateStatus.GOOD);
            revoked = answer(
                    new RevokedStatus(Date.from(SeenSite.NOW.minus(Duration.ofDays(1))), CRLReason.keyCompromise));
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                    SeenTls.ROOT.certificate().getSubjectX500Principal(), Date.from(SeenSite.NOW));
            builder.addCRLEntry(leaf.certificate().getSerialNumber(), Date.from(SeenSite.NOW), CRLReason.keyCompromise);
            list = builder.build(signer()).getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    List<byte[]> ocsp() {
        return List.of(good, revoked);
    }

    List<byte[]> lists() {
        return List.of(list);
    }

    /** Returns the status in one of the OCSP responses. */
    Ocsp.Status of(byte[] answer) {
        return Arrays.equals(answer, good) ? Ocsp.Status.GOOD : Ocsp.Status.REVOKED;
    }

    /** Returns the signed ResponseData (RFC 6960 section 4.2.1). */
    byte[] signedPart(byte[] answer) {
        Der bytes = Der.parse(answer).children().get(1).children().get(0);
        Der basic = Der.parse(bytes.children().get(1).content());
        return basic.children().get(0).encoded();
    }

    private byte[] answer(CertificateStatus status) throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        var sha1 = digests.get(CertificateID.HASH_SHA1);
        BasicOCSPRespBuilder basic =
                new JcaBasicOCSPRespBuilder(SeenTls.ROOT.certificate().getPublicKey(), sha1);
        CertificateID id = new CertificateID(
                sha1,
                new JcaX509CertificateHolder(SeenTls.ROOT.certificate()),
                leaf.certificate().getSerialNumber());
        basic.addResponse(id, status, Date.from(SeenSite.NOW), Date.from(SeenSite.NOW.plus(Duration.ofDays(7))));
        var signed = basic.build(signer(), new X509CertificateHolder[0], Date.from(SeenSite.NOW));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed).getEncoded();
    }

    private static ContentSigner signer() throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(SeenTls.ROOT.key());
    }
}
