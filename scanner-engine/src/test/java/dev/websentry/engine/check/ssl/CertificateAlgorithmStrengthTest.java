package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.testsite.TestCertificate;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the strength of keys and signatures of every algorithm that certificates use. */
class CertificateAlgorithmStrengthTest {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final TestCertificate RSA_ISSUER =
            ObservedTls.ROOT.issueIntermediate("RSA").rsa(2048).build();

    @ParameterizedTest
    @CsvSource({
        "secp224r1, FAIL, EC 224",
        "secp256k1, PASS, EC 256",
        "brainpoolP224r1, FAIL, EC 224",
        "brainpoolP256r1, PASS, EC 256",
        "secp384r1, PASS, EC 384"
    })
    void fieldOfTheCurveDecides(String curve, CheckOutcome outcome, String text) throws Exception {
        assertStrength(outcome, text, false, key(generate(curve)));
    }

    @Test
    void dsaKeysFail() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
        generator.initialize(2048);
        assertStrength(CheckOutcome.FAIL, "DSA", false, key(generator.generateKeyPair()));
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withRSA, PASS, false",
        "SHA384withRSA, PASS, false",
        "SHA512withRSA, PASS, false",
        "SHA224withRSA, WARN, false",
        "SHA1withRSA, FAIL, true",
        "MD5withRSA, FAIL, true"
    })
    void hashOfTheSignatureDecides(String algorithm, CheckOutcome outcome, boolean capped) {
        assertStrength(outcome, algorithm, capped, signature(algorithm));
    }

    /** The parameters of RSASSA-PSS contain the hash; its default is SHA-1 (RFC 4055 section 3.1). */
    @ParameterizedTest
    @CsvSource({
        "SHA256withRSAandMGF1, PASS, false",
        "SHA384withRSAandMGF1, PASS, false",
        "SHA512withRSAandMGF1, PASS, false",
        "SHA224withRSAandMGF1, WARN, false",
        "SHA1withRSAandMGF1, FAIL, true"
    })
    void hashInThePssParametersDecides(String algorithm, CheckOutcome outcome, boolean capped) {
        assertStrength(outcome, "RSASSA-PSS", capped, signature(algorithm));
    }

    @Test
    void strengthOfAnUnknownSignatureIsNotGuessed() {
        assertThrows(UnobservedException.class, () -> signature("RIPEMD160withRSA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-44", "ML-DSA-65", "ML-DSA-87"})
    void postQuantumKeysAndSignaturesPass(String algorithm) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm, BC).generateKeyPair();
        assertEquals(CheckOutcome.PASS, key(keys).outcome());
        TestCertificate issuer =
                ObservedTls.ROOT.issueIntermediate("ML-DSA").keys(keys).build();
        var issued =
                issuer.issue("www.example.com").signature(algorithm).build().certificate();
        assertEquals(
                CheckOutcome.PASS,
                CertificateAlgorithmStrength.ofSignature(issued).outcome());
    }

    @Test
    void edwardsSignaturesWarn() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        TestCertificate issuer =
                ObservedTls.ROOT.issueIntermediate("Edwards").keys(keys).build();
        CertificateAlgorithmStrength strength = CertificateAlgorithmStrength.ofSignature(
                issuer.issue("www.example.com").build().certificate());
        assertEquals(CheckOutcome.WARN, strength.outcome());
        assertEquals(false, strength.capsScore());
    }

    /** Without a trusted path, the served certificates count, but not a root, whose signature no client verifies. */
    @Test
    void servedIntermediatesOfAnUntrustedChainAreEvaluated() {
        TestCertificate root = ObservedTls.withLifetime(
                        TestCertificate.root("unused")
                                .issueIntermediate("Weak root")
                                .rsa(1024),
                        3650)
                .selfSigned();
        TestCertificate strong =
                ObservedTls.withLifetime(root.issueIntermediate("Strong"), 3650).build();
        TestCertificate weak = ObservedTls.withLifetime(
                        root.issueIntermediate("Weak").rsa(1024), 3650)
                .build();
        assertEquals(CheckOutcome.PASS, untrusted(strong, root).outcome());
        CheckVerdict verdict = untrusted(weak, root);
        assertEquals(CheckOutcome.FAIL, verdict.outcome());
        assertEquals("Weak keys or signatures: intermediate with RSA 1024", verdict.value());
    }

    private static CheckVerdict untrusted(TestCertificate intermediate, TestCertificate root) {
        TestCertificate issued = ObservedTls.withLifetime(intermediate.issue("www.example.com"), 90)
                .build();
        List<X509Certificate> served = List.of(issued.certificate(), intermediate.certificate(), root.certificate());
        return ObservedTls.good()
                .serves(served)
                .evaluate("ssl.certificate-strength")
                .verdict();
    }

    private static CertificateAlgorithmStrength key(KeyPair keys) {
        return CertificateAlgorithmStrength.ofKey(
                ObservedTls.leaf().keys(keys).build().certificate());
    }

    private static CertificateAlgorithmStrength signature(String algorithm) {
        return CertificateAlgorithmStrength.ofSignature(
                RSA_ISSUER.issue("www.example.com").signature(algorithm).build().certificate());
    }

    private static KeyPair generate(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BC);
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static void assertStrength(
            CheckOutcome outcome, String text, boolean capped, CertificateAlgorithmStrength actual) {
        assertEquals(new CertificateAlgorithmStrength(outcome, text, capped), actual);
    }
}
