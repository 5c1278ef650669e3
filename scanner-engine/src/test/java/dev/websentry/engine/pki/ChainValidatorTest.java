package dev.websentry.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.websentry.testsite.TestCertificate;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests path building and path validation (RFC 5280 section 6). */
class ChainValidatorTest {
    private static final TestCertificate ROOT =
            CertificateSpec.authority("CN=Test root").selfSigned();
    private static final TestCertificate ISSUER =
            CertificateSpec.authority("CN=Issuer").issuedBy(ROOT);

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"constraints", "paths", "policies"})
    void chainIsAssessed(String sentence, List<X509Certificate> served, TrustProblem problem) {
        TrustAssessment assessment = validate(served, KeyExchange.UNKNOWN);
        assertEquals(problem, assessment.problem(), sentence + ": " + assessment.detail());
    }

    static Stream<Arguments> constraints() {
        return Stream.of(
                arguments("a plain chain is valid", below(ISSUER), TrustProblem.NONE),
                arguments(
                        "a name outside of the permitted subtrees",
                        below(permitting(dns("example.org"))),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "a name in an excluded subtree",
                        below(excluding(dns("com"))),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "constraints on addresses do not concern host names",
                        below(permitting(new GeneralName(GeneralName.iPAddress, "192.0.2.0/24"))),
                        TrustProblem.NONE),
                arguments(
                        "constraints on directory names concern the subject",
                        below(permitting(new GeneralName(new X500Name("O=Other")))),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "directory names are compared without case",
                        below(permitting(new GeneralName(new X500Name("CN=LEAF")))),
                        TrustProblem.NONE),
                arguments(
                        "names of a form that is not processed, under constraints of that form",
                        leafOf(
                                CertificateSpec.leaf("CN=leaf")
                                        .names(
                                                dns("www.example.com"),
                                                new GeneralName(GeneralName.registeredID, "1.2.3")),
                                permitting(new GeneralName(GeneralName.registeredID, "1.2.3"))),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "a wildcard that may stand for an excluded name",
                        leafOf(CertificateSpec.leaf("CN=leaf", "*.example.com"), excluding(dns("www.example.com"))),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "no client processes an unknown critical extension",
                        leafOf(
                                CertificateSpec.leaf("CN=leaf", "www.example.com")
                                        .unknownExtension(true),
                                ISSUER),
                        TrustProblem.UNKNOWN_CRITICAL_EXTENSION),
                arguments(
                        "an unknown extension that is not critical",
                        leafOf(
                                CertificateSpec.leaf("CN=leaf", "www.example.com")
                                        .unknownExtension(false),
                                ISSUER),
                        TrustProblem.NONE));
    }

    static Stream<Arguments> paths() {
        TestCertificate selfIssued = CertificateSpec.authority("CN=Issuer").issuedBy(limited(0));
        CertificateSpec old = CertificateSpec.authority("CN=Issuer");
        KeyPair oneKey = old.keys();
        TestCertificate renewed = old.issuedBy(ROOT);
        X509Certificate expired = CertificateSpec.authority("CN=Issuer")
                .keys(oneKey)
                .expired()
                .issuedBy(ROOT)
                .certificate();
        X509Certificate leaf = leafOf(CertificateSpec.leaf("CN=leaf", "www.example.com"), renewed)
                .get(0);
        X509Certificate unrelated =
                CertificateSpec.authority("CN=Other").selfSigned().certificate();
        TestCertificate oldRoot =
                CertificateSpec.authority("CN=Old root").expired().selfSigned();
        X509Certificate cross = CertificateSpec.authority("CN=Test root")
                .keys(new KeyPair(ROOT.certificate().getPublicKey(), ROOT.key()))
                .expired()
                .issuedBy(oldRoot)
                .certificate();
        return Stream.of(
                arguments(
                        "an expired and a renewed intermediate of one key",
                        List.of(leaf, expired, renewed.certificate()),
                        TrustProblem.NONE),
                arguments(
                        "a renewed and an expired intermediate of one key",
                        List.of(leaf, renewed.certificate(), expired),
                        TrustProblem.NONE),
                arguments("only the expired intermediate", List.of(leaf, expired), TrustProblem.EXPIRED),
                arguments(
                        "wrong order, duplicates and unrelated certificates",
                        List.of(leaf, unrelated, renewed.certificate(), unrelated, renewed.certificate(), leaf),
                        TrustProblem.NONE),
                arguments(
                        "an expired cross-signed root",
                        List.of(leaf, renewed.certificate(), cross, oldRoot.certificate()),
                        TrustProblem.NONE),
                arguments(
                        "a self-issued intermediate does not count for the path length",
                        below(selfIssued),
                        TrustProblem.NONE),
                arguments(
                        "another intermediate counts for the path length",
                        below(CertificateSpec.authority("CN=Lower").issuedBy(limited(0))),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "a version 1 certificate is not accepted as an intermediate",
                        below(CertificateSpec.authority("CN=Version 1")
                                .version1()
                                .issuedBy(ROOT)),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "an intermediate that may not sign certificates",
                        below(CertificateSpec.authority("CN=Issuer")
                                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))
                                .issuedBy(ROOT)),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "an intermediate for code signing only",
                        below(CertificateSpec.authority("CN=Issuer")
                                .with(
                                        Extension.extendedKeyUsage,
                                        false,
                                        new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
                                .issuedBy(ROOT)),
                        TrustProblem.WRONG_PURPOSE),
                arguments(
                        "a SHA-1 signature on an intermediate",
                        below(CertificateSpec.authority("CN=Issuer")
                                .signature("SHA1withECDSA")
                                .issuedBy(ROOT)),
                        TrustProblem.WEAK_SIGNATURE),
                arguments(
                        "a forged leaf",
                        List.of(
                                CertificateSpec.leaf("CN=leaf", "www.example.com")
                                        .forgedBy(ISSUER)
                                        .certificate(),
                                ISSUER.certificate()),
                        TrustProblem.UNKNOWN_CA));
    }

    static Stream<Arguments> policies() {
        CertificateSpec explicit = CertificateSpec.authority("CN=Issuer")
                .with(
                        Extension.policyConstraints,
                        true,
                        new DERSequence(new DERTaggedObject(false, 0, new ASN1Integer(0))));
        TestCertificate without = explicit.issuedBy(ROOT);
        TestCertificate with = policy(explicit, "1.2.3").issuedBy(ROOT);
        return Stream.of(
                arguments("a policy is required and missing", below(without), TrustProblem.CONSTRAINT_VIOLATED),
                arguments("the required policy is missing in the leaf", below(with), TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "the required policy is present",
                        leafOf(policy(CertificateSpec.leaf("CN=leaf", "www.example.com"), "1.2.3"), with),
                        TrustProblem.NONE),
                arguments(
                        "another policy is present",
                        leafOf(policy(CertificateSpec.leaf("CN=leaf", "www.example.com"), "1.2.4"), with),
                        TrustProblem.CONSTRAINT_VIOLATED),
                arguments(
                        "anyPolicy is inhibited",
                        leafOf(
                                policy(CertificateSpec.leaf("CN=leaf", "www.example.com"), "2.5.29.32.0"),
                                policy(explicit, "1.2.3")
                                        .with(Extension.inhibitAnyPolicy, true, new ASN1Integer(0))
                                        .issuedBy(ROOT)),
                        TrustProblem.CONSTRAINT_VIOLATED));
    }

    @Test
    void expiredRootFails() {
        TestCertificate root =
                CertificateSpec.authority("CN=Old root").expired().selfSigned();
        TrustAssessment assessment = validator(root).validate(below(root), KeyExchange.UNKNOWN);
        assertEquals(TrustProblem.EXPIRED, assessment.problem());
        assertTrue(assessment.detail().startsWith("the root certificate CN=Old root expired"), assessment.detail());
    }

    @Test
    void downloadedIssuerCompletesTheChain() {
        TrustAssessment assessment =
                validator(ROOT, ISSUER.certificate()).validate(below(ISSUER).subList(0, 1), KeyExchange.UNKNOWN);
        assertEquals(TrustProblem.INCOMPLETE, assessment.problem());
        assertTrue(assessment.isAccepted());
    }

    @Test
    void keyUsageMustAllowTheKeyExchange() {
        List<X509Certificate> agreeing = leafOf(
                CertificateSpec.leaf("CN=leaf", "www.example.com")
                        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement)),
                ISSUER);
        KeyExchange ecdhe = KeyExchange.of("TLSv1.3 TLS_AES_128_GCM_SHA256");
        assertEquals(TrustProblem.WRONG_KEY_USAGE, validate(agreeing, ecdhe).problem());
        assertEquals(TrustProblem.NONE, validate(below(ISSUER), ecdhe).problem());
        KeyExchange transport = KeyExchange.of("TLSv1.2 TLS_RSA_WITH_AES_128_GCM_SHA256");
        assertEquals(KeyExchange.RSA_KEY_TRANSPORT, transport);
    }

    @Test
    void emptySubjectWithNonCriticalAlternativeNameIsMalformed() {
        CertificateSpec spec = CertificateSpec.leaf("", "www.example.com");
        byte[] critical = spec.encodedBy(ROOT);
        assertEquals(true, ChainValidator.malformation(critical).isEmpty());
        byte[] negligible = spec.with(
                        Extension.subjectAlternativeName,
                        false,
                        new org.bouncycastle.asn1.x509.GeneralNames(dns("www.example.com")))
                .encodedBy(ROOT);
        assertTrue(ChainValidator.malformation(negligible).orElse("").contains("not critical"));
    }

    private static TrustAssessment validate(List<X509Certificate> served, KeyExchange keyExchange) {
        return validator(ROOT).validate(served, keyExchange);
    }

    private static ChainValidator validator(TestCertificate root, X509Certificate... fetched) {
        return new ChainValidator(
                List.of(root.certificate()),
                List.of(fetched),
                ConstrainedRoots.bundled(),
                CertificateSpec.NOW,
                new ValidationBudget());
    }

    private static List<X509Certificate> below(TestCertificate issuer) {
        return leafOf(CertificateSpec.leaf("CN=leaf", "www.example.com"), issuer);
    }

    private static List<X509Certificate> leafOf(CertificateSpec leaf, TestCertificate issuer) {
        return leaf.issuedBy(issuer).servedChain();
    }

    private static TestCertificate permitting(GeneralName... names) {
        return CertificateSpec.authority("CN=Constrained").permitting(names).issuedBy(ROOT);
    }

    private static TestCertificate excluding(GeneralName... names) {
        return CertificateSpec.authority("CN=Constrained").excluding(names).issuedBy(ROOT);
    }

    private static TestCertificate limited(int length) {
        return CertificateSpec.authority("CN=Issuer")
                .with(Extension.basicConstraints, true, new BasicConstraints(length))
                .issuedBy(ROOT);
    }

    private static CertificateSpec policy(CertificateSpec spec, String... ids) {
        return spec.with(
                Extension.certificatePolicies,
                false,
                new CertificatePolicies(Arrays.stream(ids)
                        .map(id -> new PolicyInformation(new ASN1ObjectIdentifier(id)))
                        .toArray(PolicyInformation[]::new)));
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }
}
