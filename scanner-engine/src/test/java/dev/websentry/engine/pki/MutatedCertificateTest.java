package dev.websentry.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.check.ssl.ObservedTls;
import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.net.RootCertificates;
import dev.websentry.engine.net.TrustStore;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.ServedCertificateChain;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.syntax.Certificates;
import dev.websentry.engine.syntax.DerElement;
import dev.websentry.engine.syntax.Ocsp;
import dev.websentry.testsite.TestCertificate;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;

/**
 * Judges chains of which one certificate is malformed inside, although its issuer signed it. The system property {@code
 * pki.mutations} sets the number of chains, {@code pki.seed} the seed.
 */
class MutatedCertificateTest {
    private static final int MUTATIONS = Integer.getInteger("pki.mutations", 250);
    private static final long SEED = Long.getLong("pki.seed", 20260301);

    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.2.1");
    private static final TestCertificate ROOT =
            CertificateSpec.authority("O=Example,CN=Root").selfSigned();
    private static final TestCertificate UPPER = constrained("CN=Upper").issuedBy(ROOT);
    private static final TestCertificate LOWER = constrained("CN=Lower").issuedBy(UPPER);
    private static final TestCertificate LEAF = leaf().issuedBy(LOWER);
    private static final TrustStore TRUST = new TrustStore(
            RootCertificates.of(RootStoreChoice.ofFile(List.of(ROOT.certificate())), List.of()), CertificateSpec.NOW);

    @Test
    void noMutationEndsAnEvaluationWithAnInternalError() {
        Random random = new Random(SEED);
        DerMutator mutator = new DerMutator(random);
        List<TestCertificate> chain = List.of(LEAF, LOWER, UPPER, ROOT);
        int parsed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            List<byte[]> served = new ArrayList<>(chain.stream()
                    .map(certificate -> ObservedTls.encoded(certificate.certificate()))
                    .toList());
            int position = random.nextInt(4);
            TestCertificate issuer = chain.get(Math.min(3, position + 1));
            byte[] mutated = random.nextInt(10) == 0
                    ? mutator.mutate(served.get(position))
                    : signed(mutator.mutate(toBeSigned(served.get(position))), issuer);
            served.set(position, mutated);
            String description = "mutation " + i + " of certificate " + position + ": "
                    + HexFormat.of().formatHex(mutated);
            try {
                evaluate(served, position == 3 ? mutated : ObservedTls.encoded(ROOT.certificate()));
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError(description, e);
            }
            parsed += Certificates.parse(mutated).isPresent() ? 1 : 0;
        }
        System.out.println("mutated certificates, seed " + SEED + ": " + MUTATIONS + ", parsed by the JDK: " + parsed);
        assertTrue(parsed > MUTATIONS / 10);
    }

    @Test
    void chainWithoutMutationIsTrusted() {
        List<X509Certificate> chain = LEAF.servedChain();
        assertEquals(Optional.empty(), TRUST.rejectionReason(chain, KeyExchange.SIGNATURE, "www.example.com"));
    }

    /** The parser of the JDK rejects this certificate, but the engine reads it first. */
    @Test
    void emptyBooleanInBasicConstraintsIsMalformed() {
        byte[] leaf = CertificateSpec.leaf("CN=leaf", "www.example.com")
                .with(
                        Extension.basicConstraints,
                        true,
                        new DERSequence(new DERTaggedObject(false, 1, new DEROctetString(new byte[0]))))
                .encodedBy(ROOT);
        String hex = HexFormat.of().formatHex(leaf).replace("30028100", "30020100");
        assertTrue(ChainValidator.malformation(HexFormat.of().parseHex(hex)).isPresent());
    }

    /** Everything that a scan does with served certificates after the handshake, without connections. */
    private static void evaluate(List<byte[]> served, byte[] anchor) {
        List<X509Certificate> readable =
                served.stream().flatMap(der -> Certificates.parse(der).stream()).toList();
        for (X509Certificate certificate : readable) {
            Certificates.caIssuersUrls(certificate);
            Certificates.ocspUrls(certificate);
            Certificates.crlUrls(certificate);
            readable.forEach(issuer -> assertTrue(Ocsp.buildRequest(certificate, issuer).length > 0));
        }
        if (!readable.isEmpty()) {
            assertTrue(TRUST.rejectionReason(readable, KeyExchange.SIGNATURE, "www.example.com")
                            .orElse("trusted")
                            .length()
                    > 0);
            assertEquals(
                    RootStoreChoice.RootStoreKind.FILE,
                    TRUST.rootCertificates().namedIn(readable).kind());
        }
        TlsObservations good = ObservedTls.good().observations().tls();
        TlsEndpoint endpoint = good.endpoints().get(0);
        ServedCertificateChain chain = new ServedCertificateChain(
                served, "TLS 1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", Optional.of(served.get(0)));
        TlsObservations tls = new TlsObservations(
                List.of(new TlsEndpoint(
                        endpoint.address(),
                        endpoint.reach(),
                        endpoint.versions(),
                        endpoint.suites(),
                        List.of(chain),
                        endpoint.https(),
                        endpoint.facts())),
                "",
                List.of(anchor),
                served.subList(1, 2),
                List.of());
        List<EvaluatedCheck> results =
                CheckCatalog.standard().evaluate(ObservedSite.page().tls(tls).unrecordedObservations());
        for (EvaluatedCheck result : results) {
            assertTrue(
                    !result.verdict().value().contains("internal error"),
                    () -> result.definition().id() + ": " + result.verdict());
        }
    }

    private static byte[] toBeSigned(byte[] certificate) {
        return DerElement.parse(certificate).children().get(0).encoded();
    }

    private static byte[] signed(byte[] toBeSigned, TestCertificate issuer) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuer.key());
            signature.update(toBeSigned);
            byte[] algorithm = DerElement.parse(ObservedTls.encoded(ROOT.certificate()))
                    .children()
                    .get(1)
                    .encoded();
            java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();
            content.writeBytes(toBeSigned);
            content.writeBytes(algorithm);
            content.writeBytes(new DERBitString(signature.sign()).getEncoded());
            byte[] inner = content.toByteArray();
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            out.writeBytes(new byte[] {
                0x30, (byte) 0x83, (byte) (inner.length >> 16), (byte) (inner.length >> 8), (byte) inner.length
            });
            out.writeBytes(inner);
            return out.toByteArray();
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CertificateSpec constrained(String subject) {
        ASN1EncodableVector pair = new ASN1EncodableVector();
        pair.add(POLICY);
        pair.add(POLICY);
        return CertificateSpec.authority(subject)
                .permitting(
                        new GeneralName(GeneralName.dNSName, "example.com"),
                        new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[8])),
                        new GeneralName(new X500Name("O=Example")),
                        new GeneralName(GeneralName.rfc822Name, "example.com"))
                .with(Extension.certificatePolicies, false, policies())
                .with(Extension.policyMappings, false, new DERSequence(new DERSequence(pair)))
                .with(
                        Extension.policyConstraints,
                        true,
                        new DERSequence(new DERTaggedObject(false, 0, new ASN1Integer(0))))
                .with(Extension.inhibitAnyPolicy, true, new ASN1Integer(1))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .subject("O=Example," + subject);
    }

    private static CertificateSpec leaf() {
        return CertificateSpec.leaf("O=Example,CN=www.example.com")
                .names(
                        new GeneralName(GeneralName.dNSName, "www.example.com"),
                        new GeneralName(GeneralName.iPAddress, "192.0.2.7"),
                        new GeneralName(GeneralName.rfc822Name, "a@example.com"),
                        new GeneralName(new X500Name("O=Example,CN=x")))
                .with(Extension.certificatePolicies, false, policies())
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }

    private static CertificatePolicies policies() {
        return new CertificatePolicies(new PolicyInformation[] {new PolicyInformation(POLICY)});
    }
}
