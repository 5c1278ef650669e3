package dev.websentry.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.testsite.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Name constraints that browsers impose on a root, with roots of the fixtures' own. */
class ConstrainedRootsTest {
    private static final TestCertificate ROOT =
            CertificateSpec.authority("CN=National root").selfSigned();
    private static final TestCertificate ISSUER =
            CertificateSpec.authority("CN=National issuer").issuedBy(ROOT);
    private static final ConstrainedRoots TABLE =
            new ConstrainedRoots(Map.of(RootTable.fingerprint(ROOT.certificate()), List.of(".tr", ".example.com")));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "www.kamu.gov.tr, NONE",
        "WWW.GOV.TR, NONE",
        "*.gov.tr, NONE",
        "a.example.com, NONE",
        "tr, CONSTRAINT_VIOLATED",
        "example.com, CONSTRAINT_VIOLATED",
        "www.example.org, CONSTRAINT_VIOLATED",
        "www.atr, CONSTRAINT_VIOLATED",
        "www.gov.tr.example.org, CONSTRAINT_VIOLATED"
    })
    void namesOutsideOfTheImposedSubtreesAreRejected(String host, TrustProblem problem) {
        TrustAssessment assessment = validate(TABLE, new GeneralName(GeneralName.dNSName, host));
        assertEquals(problem, assessment.problem(), assessment.detail());
    }

    @Test
    void violationNamesTheRootAndTheNameOutside() {
        assertEquals(
                "the certificate violates the name constraints that browsers impose on the root certificate"
                        + " CN=National root: www.example.org is not in the permitted subtrees",
                validate(
                                TABLE,
                                new GeneralName(GeneralName.dNSName, "www.gov.tr"),
                                new GeneralName(GeneralName.dNSName, "www.example.org"))
                        .detail());
    }

    /** RFC 5280 section 4.2.1.10: a constraint concerns only names of its form. */
    @Test
    void addressesAreNotConstrained() {
        assertTrue(validate(TABLE, new GeneralName(GeneralName.iPAddress, "192.0.2.7"))
                .isAccepted());
    }

    @Test
    void otherPathToAnUnconstrainedRootIsEnough() {
        TestCertificate other = CertificateSpec.authority("CN=Other root").selfSigned();
        X509Certificate crossSigned = CertificateSpec.authority("CN=National issuer")
                .keys(new java.security.KeyPair(ISSUER.certificate().getPublicKey(), ISSUER.key()))
                .issuedBy(other)
                .certificate();
        X509Certificate leaf = CertificateSpec.leaf("CN=leaf", "www.example.org")
                .issuedBy(ISSUER)
                .certificate();
        TrustAssessment assessment = new ChainValidator(
                        List.of(ROOT.certificate(), other.certificate()),
                        List.of(),
                        TABLE,
                        CertificateSpec.NOW,
                        new ValidationBudget())
                .validate(List.of(leaf, ISSUER.certificate(), crossSigned), KeyExchange.UNKNOWN);
        assertEquals(TrustProblem.NONE, assessment.problem(), assessment.detail());
    }

    @Test
    void configuredRootsAreExempt() {
        GeneralName outside = new GeneralName(GeneralName.dNSName, "www.example.org");
        assertTrue(
                validate(TABLE.exempting(List.of(ROOT.certificate())), outside).isAccepted());
        assertTrue(!validate(TABLE.exempting(List.of(ISSUER.certificate())), outside)
                .isAccepted());
    }

    /** Mozilla's library NSS constrains this root of the list to names below .tr. */
    @Test
    void rootOfTubitakIsConstrained() {
        X509Certificate tubitak = BrowserRoots.bundled().certificates().stream()
                .filter(root -> root.getSubjectX500Principal().getName().contains("TUBITAK Kamu SM SSL Kok"))
                .findFirst()
                .orElseThrow();
        NameConstraints constraints = ConstrainedRoots.bundled().of(tubitak).orElseThrow();
        assertEquals(1, constraints.size());
        assertEquals(Optional.empty(), constraints.violation(List.of(dnsName("www.kamu.gov.tr"))));
        assertTrue(constraints.violation(List.of(dnsName("www.example.com"))).isPresent());
        assertEquals(
                1,
                BrowserRoots.bundled().certificates().stream()
                        .filter(root -> ConstrainedRoots.bundled().of(root).isPresent())
                        .count());
    }

    private static ConstrainedName dnsName(String host) {
        return new ConstrainedName(GeneralName.dNSName, host, okio.ByteString.EMPTY, Optional.empty());
    }

    private static TrustAssessment validate(ConstrainedRoots table, GeneralName... names) {
        TestCertificate leaf = CertificateSpec.leaf("CN=leaf").names(names).issuedBy(ISSUER);
        return new ChainValidator(
                        List.of(ROOT.certificate()), List.of(), table, CertificateSpec.NOW, new ValidationBudget())
                .validate(leaf.servedChain(), KeyExchange.UNKNOWN);
    }
}
