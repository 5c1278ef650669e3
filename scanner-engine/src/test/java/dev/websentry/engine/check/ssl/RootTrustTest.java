package dev.websentry.engine.check.ssl;

import static dev.websentry.engine.check.ssl.ObservedTls.good;
import static dev.websentry.engine.check.ssl.ObservedTls.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.config.RootStoreChoice.RootStoreKind;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.pki.DistrustedRoots;
import dev.websentry.engine.pki.DistrustedRoots.DistrustBasis;
import dev.websentry.engine.pki.DistrustedRoots.DistrustRule;
import dev.websentry.engine.pki.RootTable;
import dev.websentry.engine.pki.TrustAssessment;
import dev.websentry.engine.pki.TrustProblem;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestCertificateBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trust by root stores, distrust dates and signed timestamps, with a root store of the fixtures' own. */
class RootTrustTest {
    private static final X509Certificate ROOT = ObservedTls.ROOT.certificate();
    private static final List<X509Certificate> PUBLIC = List.of(ROOT);
    private static final byte[] TWO = Timestamps.list(Timestamps.of(1), Timestamps.of(2));
    private static final byte[] NONE = new byte[0];

    private static CheckVerdict trust(ObservedTls site) {
        return site.evaluate("ssl.certificate-trust").verdict();
    }

    private static ObservedTls publicRoot(ObservedTls site) {
        return site.roots(RootStoreKind.BROWSERS, List.of(), PUBLIC, PUBLIC);
    }

    private static void assertTrust(CheckOutcome outcome, String value, ObservedTls site) {
        CheckVerdict verdict = trust(site);
        assertEquals(outcome, verdict.outcome(), verdict.toString());
        assertTrue(verdict.value().contains(value), verdict.value());
        assertEquals(outcome == CheckOutcome.FAIL, !verdict.caps().isEmpty());
    }

    private static TestCertificate lasting(int days, byte[] timestamps) {
        return ObservedTls.withLifetime(ObservedTls.ROOT.issue("www.example.com"), days)
                .signedCertificateTimestamps(timestamps)
                .build();
    }

    @Test
    void publicRootWithoutTimestampsFails() {
        assertTrust(
                CheckOutcome.FAIL,
                "No signed timestamp (SCT) in",
                publicRoot(good().serves(leaf().build(), NONE, Optional.empty())));
    }

    @Test
    void publicRootWithoutEmbeddedTimestampsWarnsIfTheHandshakeWasNotObserved() {
        assertTrust(
                CheckOutcome.WARN,
                "whether the handshake contains some is unknown",
                publicRoot(good().serves(leaf().build())));
    }

    @Test
    void configuredRootNeedsNoTimestamps() {
        assertTrust(
                CheckOutcome.PASS,
                "Trusted",
                good().roots(RootStoreKind.BROWSERS, PUBLIC, List.of(), List.of())
                        .serves(leaf().build(), NONE, Optional.empty()));
    }

    @Test
    void twoTimestampsSufficeUpTo180DaysAndThreeAbove() {
        assertTrust(CheckOutcome.PASS, "Trusted", publicRoot(good().serves(lasting(180, TWO), NONE, Optional.empty())));
        assertTrust(
                CheckOutcome.WARN,
                "of only 2 logs, Chrome requires 3 distinct logs",
                publicRoot(good().serves(lasting(181, TWO), NONE, Optional.empty())));
        byte[] three = Timestamps.list(Timestamps.of(1), Timestamps.of(2), Timestamps.of(3));
        assertTrust(
                CheckOutcome.PASS, "Trusted", publicRoot(good().serves(lasting(181, three), NONE, Optional.empty())));
    }

    @Test
    void timestampsOfOneLogCountOnce() {
        byte[] same = Timestamps.list(Timestamps.of(1), Timestamps.of(1));
        assertTrust(
                CheckOutcome.WARN,
                "of only 1 log, Chrome requires 2 distinct logs",
                publicRoot(good().serves(lasting(90, same), NONE, Optional.empty())));
    }

    @Test
    void twoTimestampsInTheHandshakeOrTheStapledResponseSuffice() {
        assertTrust(CheckOutcome.PASS, "Trusted", publicRoot(good().serves(lasting(398, NONE), TWO, Optional.empty())));
        assertTrust(
                CheckOutcome.PASS,
                "Trusted",
                publicRoot(good().serves(lasting(398, NONE), NONE, Optional.of(stapledTimestamps()))));
    }

    /** RFC 6962 section 3.3.3: an octet string within the extension value of a single response. */
    private static byte[] stapledTimestamps() {
        try {
            DERSequence extension = new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.5"), new DEROctetString(new DEROctetString(TWO))
            });
            return new DERSequence(new DEROctetString(new DERSequence(new DERSequence(extension)))).getEncoded();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rootOfTheListThatTheJdkLacksIsNamed() {
        assertTrust(
                CheckOutcome.PASS,
                "(this JDK's clients do not trust it)",
                good().roots(RootStoreKind.BROWSERS, List.of(), PUBLIC, List.of())
                        .serves(lasting(90, TWO), NONE, Optional.empty()));
    }

    @Test
    void rootThatOnlyTheJdkTrustsFailsAndIsNamed() {
        assertTrust(
                CheckOutcome.FAIL,
                "the chain leads to CN=Test root, which only this JDK's clients trust; browsers do not",
                good().roots(RootStoreKind.BROWSERS, List.of(), List.of(), PUBLIC)
                        .serves(lasting(90, TWO), NONE, Optional.empty()));
    }

    @Test
    void theJdkDecidesIfItIsChosen() {
        assertTrust(
                CheckOutcome.PASS,
                "(browsers do not trust it)",
                good().roots(RootStoreKind.JDK, List.of(), List.of(), PUBLIC)
                        .serves(leaf().build(), NONE, Optional.empty()));
        assertTrust(
                CheckOutcome.FAIL,
                "which browsers trust but this JDK's clients do not",
                good().roots(RootStoreKind.JDK, List.of(), PUBLIC, List.of())
                        .serves(leaf().build(), NONE, Optional.empty()));
    }

    @Test
    void unknownRootIsNotAttributedToAStore() {
        TestCertificate other = ObservedTls.selfSignedRoot("Other root");
        TestCertificateBuilder issued = ObservedTls.withLifetime(other.issue("www.example.com"), 90);
        assertTrust(CheckOutcome.FAIL, "no path to a trusted root", publicRoot(good().serves(issued.build())));
    }

    @Test
    void oldListIsMentionedAfter200Days() {
        Instant list = ObservedSite.NOW.minus(Duration.ofDays(200));
        ObservedTls current = good().roots(RootStoreKind.BROWSERS, list, List.of(), PUBLIC, PUBLIC)
                .serves(lasting(90, TWO), NONE, Optional.empty());
        assertFalse(trust(current).value().contains("days old"), trust(current).value());
        assertTrue(
                trust(current).evidence().contains("trust decided by the roots that browsers have, list of 2025-08-13"),
                trust(current).evidence().toString());
        ObservedTls old = good().roots(
                        RootStoreKind.BROWSERS, list.minus(Duration.ofDays(1)), List.of(), PUBLIC, PUBLIC)
                .serves(lasting(90, TWO), NONE, Optional.empty());
        assertTrust(CheckOutcome.PASS, "the list of the browsers' roots is 201 days old; update WebSentry", old);
        ObservedTls jdk = good().roots(RootStoreKind.JDK, list.minus(Duration.ofDays(1)), List.of(), PUBLIC, PUBLIC)
                .serves(lasting(90, TWO), NONE, Optional.empty());
        assertFalse(trust(jdk).value().contains("days old"), trust(jdk).value());
    }

    @Test
    void mustStapleWithoutAStapleWarns() {
        TestCertificate leaf = leaf().mustStaple().build();
        assertTrust(CheckOutcome.WARN, "must-staple", good().serves(leaf, NONE, Optional.empty()));
        assertTrust(CheckOutcome.PASS, "Trusted", good().serves(leaf, NONE, Optional.of(new byte[] {0x30, 0})));
        assertTrust(CheckOutcome.PASS, "Trusted", good().serves(leaf));
    }

    /** RFC 7633 section 4: a SEQUENCE of INTEGER, of which 5 requires a stapled response. */
    @ParameterizedTest
    @CsvSource({
        "3003020105, WARN",
        "3006020111020105, WARN",
        "3003020111, PASS",
        "3000, PASS",
        "3103020105, PASS",
        "3003040105, PASS",
        "30020200, PASS",
        "300302, PASS",
        "3003020205, PASS"
    })
    void onlyTheFeatureOfStaplingRequiresAResponse(String hex, CheckOutcome outcome) {
        TestCertificate leaf = leaf().tlsFeatures(HexFormat.of().parseHex(hex)).build();
        assertEquals(outcome, trust(good().serves(leaf, NONE, Optional.empty())).outcome());
    }

    private static TestCertificate issued(Instant from, byte[] timestamps) {
        return ObservedTls.ROOT
                .issue("www.example.com")
                .valid(from, ObservedSite.NOW.plus(Duration.ofDays(30)))
                .signedCertificateTimestamps(timestamps)
                .build();
    }

    private static TrustAssessment underRule(
            DistrustBasis basis, Instant last, TestCertificate leaf, List<X509Certificate> configured) {
        ScanObservations seen = good().roots(RootStoreKind.BROWSERS, configured, PUBLIC, PUBLIC)
                .serves(leaf, NONE, Optional.empty())
                .observations();
        DistrustedRoots table =
                new DistrustedRoots(List.of(new DistrustRule(RootTable.fingerprint(ROOT), last, basis)));
        return RootTrust.assess(
                ServedCertificate.of(seen).get(0),
                seen,
                anchors -> anchors.contains(ROOT)
                        ? new TrustAssessment(TrustProblem.NONE, "trusted", List.of(leaf.certificate(), ROOT))
                        : new TrustAssessment(TrustProblem.UNKNOWN_CA, "unknown CA", List.of()),
                table);
    }

    @Test
    void certificatesIssuedAfterTheDistrustDateOfTheirRootFail() {
        Instant last = Instant.parse("2026-01-10T23:59:59Z");
        Instant before = last.minusSeconds(60);
        Instant after = last.plusSeconds(60);
        byte[] early = Timestamps.list(Timestamps.of(1, before), Timestamps.of(2, after));
        byte[] late = Timestamps.list(Timestamps.of(1, after), Timestamps.of(2, after));
        TrustAssessment distrusted = underRule(DistrustBasis.NOT_BEFORE, last, issued(after, late), List.of());
        assertEquals(TrustProblem.DISTRUSTED_ROOT, distrusted.problem());
        assertTrue(distrusted.detail().contains("issued after 2026-01-10T23:59:59Z"), distrusted.detail());
        assertFalse(distrusted.isAccepted());
        assertTrue(underRule(DistrustBasis.NOT_BEFORE, last, issued(before, late), List.of())
                .isAccepted());
        assertTrue(underRule(DistrustBasis.SCT, last, issued(after, early), List.of())
                .isAccepted());
        assertFalse(underRule(DistrustBasis.SCT, last, issued(before, late), List.of())
                .isAccepted());
        assertTrue(
                underRule(DistrustBasis.SCT, last, issued(before, late), PUBLIC).isAccepted(), "configured");
    }
}
