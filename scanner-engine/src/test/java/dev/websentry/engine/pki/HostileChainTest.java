package dev.websentry.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.Test;

/** Tests that chains made to cost time are judged with bounded work. */
class HostileChainTest {
    private static final TestCertificate ROOT =
            CertificateSpec.authority("CN=Test root").selfSigned();
    private static final Random RANDOM = new Random(16);

    @Test
    void twentyLeavesOverTwentyIssuersWithHugeExponentsCostLittleTime() throws Exception {
        List<List<X509Certificate>> chains = hostile(3072, 3071);
        long began = processorTime();
        assertBounded(chains);
        assertTrue(processorTime() - began < Duration.ofSeconds(1).toNanos());
    }

    @Test
    void twentyLeavesOverTwentyIssuersWithUsualExponentsAreBounded() throws Exception {
        List<List<X509Certificate>> chains = hostile(4096, 17);
        long began = processorTime();
        assertBounded(chains);
        assertTrue(processorTime() - began < Duration.ofSeconds(1).toNanos());
    }

    @Test
    void manyIssuersOfOneNameAreBounded() {
        List<X509Certificate> served = new ArrayList<>();
        TestCertificate anyone = CertificateSpec.authority("CN=Same").selfSigned();
        served.add(CertificateSpec.leaf("CN=leaf", "www.example.com")
                .issuedBy(anyone)
                .certificate());
        for (int i = 0; i < 120; i++) {
            served.add(CertificateSpec.authority("CN=Same")
                    .keys(i % 20 == 0 ? new KeyPair(anyone.certificate().getPublicKey(), anyone.key()) : anyoneKeys(i))
                    .issuedBy(anyone)
                    .certificate());
        }
        ValidationBudget budget = new ValidationBudget();
        long began = processorTime();
        TrustAssessment assessment = validate(served, budget);
        assertTrue(processorTime() - began < Duration.ofSeconds(1).toNanos());
        assertTrue(!assessment.isAccepted());
        assertTrue(budget.signatures() <= ValidationBudget.MAX_SIGNATURES_PER_CHAIN + 1);
    }

    @Test
    void manyNamesUnderManyConstraintsAreBounded() {
        GeneralName[] many = new GeneralName[2_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = new GeneralName(GeneralName.dNSName, "host" + i + ".example.com");
        }
        TestCertificate issuer =
                CertificateSpec.authority("CN=Constrained").permitting(many).issuedBy(ROOT);
        TestCertificate leaf = CertificateSpec.leaf("CN=leaf").names(many).issuedBy(issuer);
        TrustAssessment assessment =
                validate(List.of(leaf.certificate(), issuer.certificate()), new ValidationBudget());
        assertEquals(TrustProblem.TOO_COMPLEX, assessment.problem(), assessment.detail());
    }

    @Test
    void longNamesDoNotOverflowTheStack() {
        String deep = "a.".repeat(60_000) + "example.com";
        TestCertificate issuer = CertificateSpec.authority("CN=Constrained")
                .permitting(new GeneralName(GeneralName.dNSName, "example.com"))
                .issuedBy(ROOT);
        TestCertificate leaf = CertificateSpec.leaf("CN=leaf")
                .names(new GeneralName(GeneralName.dNSName, new org.bouncycastle.asn1.DERIA5String(deep)))
                .issuedBy(issuer);
        TrustAssessment assessment =
                validate(List.of(leaf.certificate(), issuer.certificate()), new ValidationBudget());
        assertEquals(TrustProblem.CONSTRAINT_VIOLATED, assessment.problem());
    }

    private static void assertBounded(List<List<X509Certificate>> chains) {
        ValidationBudget budget = new ValidationBudget();
        ChainValidator validator = new ChainValidator(
                List.of(ROOT.certificate()), List.of(), ConstrainedRoots.bundled(), CertificateSpec.NOW, budget);
        for (List<X509Certificate> chain : chains) {
            assertTrue(!validator.validate(chain, KeyExchange.UNKNOWN).isAccepted());
        }
        assertTrue(budget.signatures() <= ValidationBudget.MAX_SIGNATURES, () -> "" + budget.signatures());
    }

    private static TrustAssessment validate(List<X509Certificate> served, ValidationBudget budget) {
        return new ChainValidator(
                        List.of(ROOT.certificate()), List.of(), ConstrainedRoots.bundled(), CertificateSpec.NOW, budget)
                .validate(served, KeyExchange.UNKNOWN);
    }

    /** Leaves with made-up signatures over issuers of one name, whose verification needs one exponentiation each. */
    private static List<List<X509Certificate>> hostile(int modulusBits, int exponentBits) throws Exception {
        List<X509Certificate> issuers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RSAPublicKeySpec spec = new RSAPublicKeySpec(
                    new BigInteger(modulusBits, RANDOM).setBit(modulusBits - 1).setBit(0),
                    new BigInteger(exponentBits, RANDOM)
                            .setBit(exponentBits - 1)
                            .setBit(0));
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(spec);
            issuers.add(CertificateSpec.authority("CN=Test root")
                    .keys(new KeyPair(key, ROOT.key()))
                    .build(Optional.of(ROOT), signer(modulusBits))
                    .certificate());
        }
        List<List<X509Certificate>> chains = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(CertificateSpec.leaf("CN=leaf " + i, "www.example.com")
                    .build(Optional.of(ROOT), signer(modulusBits))
                    .certificate());
            chain.addAll(issuers);
            chains.add(chain);
        }
        return chains;
    }

    private static ContentSigner signer(int bits) {
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.sha256WithRSAEncryption, org.bouncycastle.asn1.DERNull.INSTANCE);
            }

            @Override
            public OutputStream getOutputStream() {
                return new ByteArrayOutputStream();
            }

            @Override
            public byte[] getSignature() {
                return new BigInteger(bits - 2, RANDOM).setBit(bits - 3).toByteArray();
            }
        };
    }

    private static KeyPair anyoneKeys(int number) {
        return KEYS.get(number % KEYS.size());
    }

    private static final List<KeyPair> KEYS = java.util.stream.IntStream.range(0, 20)
            .mapToObj(i -> CertificateSpec.newKeys())
            .toList();

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
