package dev.websentry.engine.fuzz;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.check.ssl.ObservedTls;
import dev.websentry.engine.syntax.DerElement;
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
final class SignedRevocationData {
    private final TestCertificate leaf;
    private final byte[] good;
    private final byte[] revoked;
    private final byte[] list;

    SignedRevocationData(TestCertificate leaf) {
        this.leaf = leaf;
        try {
            good = answer(CertificateStatus.GOOD);
            revoked = answer(
                    new RevokedStatus(Date.from(ObservedSite.NOW.minus(Duration.ofDays(1))), CRLReason.keyCompromise));
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                    ObservedTls.ROOT.certificate().getSubjectX500Principal(), Date.from(ObservedSite.NOW));
            builder.addCRLEntry(
                    leaf.certificate().getSerialNumber(), Date.from(ObservedSite.NOW), CRLReason.keyCompromise);
            list = builder.build(signer()).getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    List<byte[]> ocspResponses() {
        return List.of(good, revoked);
    }

    List<byte[]> crls() {
        return List.of(list);
    }

    /** Returns the status in one of the OCSP responses. */
    Ocsp.OcspCertStatus statusOf(byte[] answer) {
        return Arrays.equals(answer, good) ? Ocsp.OcspCertStatus.GOOD : Ocsp.OcspCertStatus.REVOKED;
    }

    /** Returns the signed ResponseData (RFC 6960 section 4.2.1). */
    byte[] responseData(byte[] answer) {
        DerElement bytes = DerElement.parse(answer).children().get(1).children().get(0);
        DerElement basic = DerElement.parse(bytes.children().get(1).content());
        return basic.children().get(0).encoded();
    }

    private byte[] answer(CertificateStatus status) throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        var sha1 = digests.get(CertificateID.HASH_SHA1);
        BasicOCSPRespBuilder basic =
                new JcaBasicOCSPRespBuilder(ObservedTls.ROOT.certificate().getPublicKey(), sha1);
        CertificateID id = new CertificateID(
                sha1,
                new JcaX509CertificateHolder(ObservedTls.ROOT.certificate()),
                leaf.certificate().getSerialNumber());
        basic.addResponse(
                id, status, Date.from(ObservedSite.NOW), Date.from(ObservedSite.NOW.plus(Duration.ofDays(7))));
        var signed = basic.build(signer(), new X509CertificateHolder[0], Date.from(ObservedSite.NOW));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed).getEncoded();
    }

    private static ContentSigner signer() throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(ObservedTls.ROOT.key());
    }
}
