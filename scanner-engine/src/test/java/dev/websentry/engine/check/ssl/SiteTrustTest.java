package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.config.RootStoreChoice.RootStoreKind;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations;
import dev.websentry.engine.observation.SiteObservations.WwwVariant;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.pki.ConstrainedRoots;
import dev.websentry.engine.pki.RootTable;
import dev.websentry.engine.pki.TrustAssessment;
import dev.websentry.engine.pki.TrustProblem;
import dev.websentry.engine.syntax.Header;
import dev.websentry.testsite.TestCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests that the checks of all categories read the same answer about the trust in a server. */
class SiteTrustTest {
    private static final TestCertificate INTERMEDIATE = ObservedTls.withLifetime(
                    ObservedTls.ROOT.issueIntermediate("Intermediate"), 3650)
            .build();
    private static final TestCertificate LEAF = ObservedTls.withLifetime(
                    INTERMEDIATE.issue("www.example.com", "example.com"), 90)
            .build();
    private static final List<X509Certificate> INCOMPLETE = List.of(LEAF.certificate());

    @Test
    void chainThatAiaCompletesIsAcceptedByEveryCheck() {
        ScanObservations seen =
                site(INCOMPLETE).downloadedIssuer(INTERMEDIATE.certificate()).observations();
        assertEquals(CheckOutcome.WARN, verdict("ssl.certificate-trust", seen).outcome());
        assertEquals(CheckOutcome.PASS, verdict("ssl.hsts", seen).outcome());
        CheckVerdict cookies = verdict("cookies.secure", seen);
        assertEquals(CheckOutcome.WARN, cookies.outcome(), cookies::toString);
        CheckVerdict www = verdict("redirects.www", withWww(seen));
        assertEquals(CheckOutcome.PASS, www.outcome(), www::toString);
    }

    @Test
    void chainThatNothingCompletesIsRejectedByEveryCheck() {
        ScanObservations seen = site(INCOMPLETE).observations();
        assertEquals(CheckOutcome.FAIL, verdict("ssl.certificate-trust", seen).outcome());
        assertEquals(CheckOutcome.FAIL, verdict("ssl.hsts", seen).outcome());
        assertEquals(CheckOutcome.FAIL, verdict("cookies.secure", seen).outcome());
        assertEquals(CheckOutcome.WARN, verdict("redirects.www", withWww(seen)).outcome());
    }

    @Test
    void certificateOfAnotherHostIsValidatedWithTheSameRoots() {
        ScanObservations seen = ObservedTls.good().observations();
        TestCertificate other = ObservedTls.leaf("example.com").build();
        assertTrue(SiteTrust.isAccepted(exchange("https://example.com/", other.servedChain()), seen));
        assertFalse(SiteTrust.isAccepted(exchange("https://www.example.com/", other.servedChain()), seen));
    }

    @Test
    void constraintsThatBrowsersImposeOnARootApplyUnlessItIsConfigured() {
        X509Certificate root = ObservedTls.ROOT.certificate();
        ConstrainedRoots table = new ConstrainedRoots(Map.of(RootTable.fingerprint(root), List.of(".tr")));
        List<X509Certificate> chain =
                ObservedTls.leaf("www.example.com").build().servedChain();
        ScanObservations jdk = ObservedTls.good()
                .serves(chain)
                .roots(RootStoreKind.JDK, List.of(), List.of(), List.of(root))
                .observations();
        TrustAssessment constrained =
                SiteTrust.assess(ServedCertificate.of(jdk), jdk, table).get(0);
        assertEquals(TrustProblem.CONSTRAINT_VIOLATED, constrained.problem(), constrained.detail());
        assertTrue(SiteTrust.assess(ServedCertificate.of(jdk), jdk).get(0).isAccepted());
        ScanObservations configured = ObservedTls.good()
                .serves(chain)
                .roots(RootStoreKind.JDK, List.of(root), List.of(), List.of(root))
                .observations();
        assertTrue(SiteTrust.assess(ServedCertificate.of(configured), configured, table)
                .get(0)
                .isAccepted());
    }

    /** Recordings lack the roots of other hosts, which the client of the scan knew. */
    @Test
    void unknownRootOfAnotherHostIsAcceptedIfTheClientTrustedIt() {
        ScanObservations seen = ObservedTls.good().observations();
        List<X509Certificate> unknown = underAnotherRoot("example.com");
        assertTrue(SiteTrust.isAccepted(exchange("https://example.com/", unknown, Optional.empty()), seen));
        assertFalse(SiteTrust.isAccepted(exchange("https://example.com/", unknown), seen));
        assertFalse(SiteTrust.isAccepted(exchange("https://b.example.com/", unknown, Optional.empty()), seen));
        List<X509Certificate> expired = ObservedTls.ROOT
                .issue("example.com")
                .valid(ObservedSite.NOW.minus(Duration.ofDays(60)), ObservedSite.NOW.minus(Duration.ofDays(1)))
                .build()
                .servedChain();
        assertFalse(SiteTrust.isAccepted(exchange("https://example.com/", expired, Optional.empty()), seen));
    }

    @Test
    void unknownRootOfTheSiteIsNotAcceptedEvenIfTheClientTrustedIt() {
        List<X509Certificate> unknown = underAnotherRoot("www.example.com");
        ScanObservations seen = ObservedTls.good().serves(unknown).observations();
        assertFalse(SiteTrust.isAccepted(exchange("https://www.example.com/", unknown, Optional.empty()), seen));
    }

    private static List<X509Certificate> underAnotherRoot(String host) {
        TestCertificate other = ObservedTls.selfSignedRoot("Other root");
        return ObservedTls.withLifetime(other.issue(host), 90).build().servedChain();
    }

    /** Then the answer of the client of the scan is the only one. */
    @Test
    void sessionWithoutCertificatesIsAcceptedIfTheClientTrustedIt() {
        ScanObservations seen = ObservedTls.good().observations();
        assertTrue(SiteTrust.isAccepted(exchange("https://www.example.com/", List.of(), Optional.empty()), seen));
        assertFalse(SiteTrust.isAccepted(exchange("https://www.example.com/", List.of()), seen));
    }

    @Test
    void responseWithoutTlsIsNotAccepted() {
        ScanObservations seen = ObservedTls.good().observations();
        HttpExchange plain = ObservedSite.get(
                "http://www.example.com/",
                new HttpExchange.Response(
                        200,
                        "http/1.1",
                        new ResponseHeaders(List.of()),
                        ResponseBody.of(""),
                        false,
                        Optional.empty(),
                        "192.0.2.7"));
        assertFalse(SiteTrust.isAccepted(plain, seen));
    }

    private static ObservedTls site(List<X509Certificate> chain) {
        return ObservedTls.good().serves(chain).entry(exchange("https://www.example.com/", chain));
    }

    private static ScanObservations withWww(ScanObservations seen) {
        RedirectChain secure = ObservedSite.chain(
                exchange("https://example.com/", INCOMPLETE), exchange("https://www.example.com/", INCOMPLETE));
        RedirectChain plain = ObservedSite.chain(
                ObservedSite.get("http://example.com/", ObservedSite.redirect(301, "https://www.example.com/")));
        SiteObservations site = seen.site();
        return new ScanObservations(
                seen.target(),
                seen.now(),
                new SiteObservations(
                        site.entry(),
                        site.again(),
                        site.plain(),
                        Observation.seen(Optional.of(new WwwVariant("example.com", secure, plain))),
                        site.cors(),
                        site.leakage()),
                seen.tls(),
                seen.dns());
    }

    /** Returns an exchange that a strict client, which knows only what the server sends, would not have made. */
    private static HttpExchange exchange(String url, List<X509Certificate> chain) {
        return exchange(url, chain, Optional.of("the certificate is not trusted"));
    }

    private static HttpExchange exchange(String url, List<X509Certificate> chain, Optional<String> problem) {
        TlsSession session = new TlsSession(
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                chain.stream().map(ObservedTls::encoded).toList(),
                problem);
        return ObservedSite.get(
                url,
                new HttpExchange.Response(
                        200,
                        "h2",
                        new ResponseHeaders(List.of(
                                new Header("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
                                new Header("Set-Cookie", "theme=dark; Path=/"),
                                new Header("Content-Type", "text/html"))),
                        ResponseBody.of("<html></html>"),
                        false,
                        Optional.of(session),
                        "192.0.2.7"));
    }

    private static CheckVerdict verdict(String id, ScanObservations seen) {
        return CheckCatalog.standard().checks().stream()
                .filter(check -> check.definition().id().equals(id))
                .map(check -> CheckCatalog.evaluate(check, seen).verdict())
                .findFirst()
                .orElseThrow();
    }
}
