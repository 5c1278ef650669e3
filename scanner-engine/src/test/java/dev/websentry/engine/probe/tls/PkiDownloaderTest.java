package dev.websentry.engine.probe.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.AddressRange;
import dev.websentry.testsite.ProcessResources;
import dev.websentry.testsite.RequiresSecondLoopbackAddress;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestCertificateBuilder;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.tls.OpenSslServer;
import dev.websentry.testsite.tls.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The downloads that certificates cause: issuer certificates, OCSP responses and CRLs. */
@Execution(ExecutionMode.CONCURRENT)
class PkiDownloaderTest {
    private static final CertificateStatus REVOKED =
            new RevokedStatus(Date.from(Instant.now().minus(Duration.ofDays(1))), CRLReason.keyCompromise);
    private static final TestCertificate PLAIN =
            TlsScan.ROOT.issue("www.example.com").build();
    /** The key pair of every leaf certificate in this test. */
    private static final java.security.KeyPair KEYS =
            new java.security.KeyPair(PLAIN.certificate().getPublicKey(), PLAIN.key());

    @Test
    void theResponderIsAskedOnceAndAGoodResponsePasses() throws Exception {
        try (Responder responder = new Responder(CertificateStatus.GOOD)) {
            CheckVerdict verdict = scan(leaf -> leaf.ocsp(responder.url()));
            assertEquals(CheckOutcome.PASS, verdict.outcome(), verdict.value());
            assertEquals(1, responder.site.requestCount());
        }
    }

    @Test
    void aRevokedCertificateFails() throws Exception {
        try (Responder responder = new Responder(REVOKED)) {
            CheckVerdict verdict = scan(leaf -> leaf.ocsp(responder.url()));
            assertEquals(CheckOutcome.FAIL, verdict.outcome());
            assertEquals("Revoked according to the issuer's OCSP responder", verdict.value());
            assertEquals(CheckScoreCap.MAX_FOR_GRADE_F, verdict.caps().get(0).limit());
        }
    }

    @Test
    void anUnreachableResponderPasses() throws Exception {
        assertPasses(scan(leaf -> leaf.ocsp("http://127.0.0.1:1/")));
        assertPasses(scan(leaf -> leaf.crl("http://127.0.0.1:1/list")));
    }

    @Test
    void garbageInsteadOfAResponsePasses() throws Exception {
        try (TestSite garbage = TestSite.http(request -> TestSite.page("<p>no OCSP here"))) {
            assertPasses(scan(leaf -> leaf.ocsp(url(garbage))));
            assertPasses(scan(leaf -> leaf.crl(url(garbage))));
            assertEquals(2, garbage.requestCount());
        }
    }

    @Test
    void aSlowResponderTimesOutAndPasses() throws Exception {
        try (ScriptedServer slow = ScriptedServer.silent()) {
            long began = System.nanoTime();
            assertPasses(scan(leaf -> leaf.ocsp("http://127.0.0.1:" + slow.port() + "/")));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, took.toString());
            // The system accepts a connection before the server counts it.
            assertTrue(ProcessResources.await(60, () -> slow.connectionCount() > 0));
            assertEquals(1, slow.connectionCount());
        }
    }

    @Test
    void theCrlIsReadIfThereIsNoResponder() throws Exception {
        JcaX509v2CRLBuilder list =
                new JcaX509v2CRLBuilder(TlsScan.ROOT.certificate().getSubjectX500Principal(), Date.from(Instant.now()));
        byte[] empty = list.build(signer()).getEncoded();
        try (TestSite site = TestSite.http(request -> bytes(empty))) {
            assertPasses(scan(leaf -> leaf.crl(url(site))));
            assertEquals(1, site.requestCount());
        }
    }

    @Test
    void aCertificateOnTheCrlFails() throws Exception {
        java.util.concurrent.atomic.AtomicReference<byte[]> served =
                new java.util.concurrent.atomic.AtomicReference<>();
        try (TestSite site = TestSite.http(request -> bytes(served.get()))) {
            TestCertificate leaf = leaf(builder -> builder.crl(url(site)));
            JcaX509v2CRLBuilder list = new JcaX509v2CRLBuilder(
                    TlsScan.ROOT.certificate().getSubjectX500Principal(), Date.from(Instant.now()));
            list.addCRLEntry(leaf.certificate().getSerialNumber(), Date.from(Instant.now()), CRLReason.keyCompromise);
            served.set(list.build(signer()).getEncoded());
            CheckVerdict verdict = trust(leaf, AddressPolicy.ALLOW_ALL);
            assertEquals(CheckOutcome.FAIL, verdict.outcome());
            assertEquals("Revoked according to the issuer's certificate revocation list (CRL)", verdict.value());
        }
    }

    @Test
    void anInvalidIssuerFileLeavesTheChainIncomplete() throws Exception {
        TestCertificate intermediate =
                TlsScan.ROOT.issueIntermediate("Intermediate").build();
        try (TestSite garbage = TestSite.http(request -> TestSite.page("<p>no certificate here"))) {
            TestCertificate leaf = intermediate
                    .issue("www.example.com")
                    .caIssuers(url(garbage))
                    .build();
            CheckVerdict verdict = trust(leaf, List.of(leaf.certificate()), AddressPolicy.ALLOW_ALL);
            assertEquals(CheckOutcome.FAIL, verdict.outcome());
            assertTrue(verdict.value().startsWith("Unknown CA: issued by CN=Intermediate"), verdict.value());
            assertEquals(1, garbage.requestCount());
        }
    }

    @ParameterizedTest(name = "no connection is made to a forbidden address for {0}")
    @ValueSource(strings = {"issuer", "ocsp", "crl"})
    @RequiresSecondLoopbackAddress
    void noConnectionIsMadeToAForbiddenAddress(String what) throws Exception {
        AddressPolicy publicAndTheSite = AddressPolicy.publicAddressesAnd(List.of(AddressRange.parse("127.0.0.1/32")));
        TestCertificate intermediate =
                TlsScan.ROOT.issueIntermediate("Intermediate").build();
        try (ScriptedServer inside = ScriptedServer.silentAt("127.0.0.2")) {
            String url = "http://127.0.0.2:" + inside.port() + "/";
            TestCertificateBuilder builder = intermediate.issue("www.example.com");
            TestCertificate leaf = (what.equals("issuer")
                            ? builder.caIssuers(url)
                            : what.equals("ocsp") ? builder.ocsp(url) : builder.crl(url))
                    .build();
            List<X509Certificate> served = what.equals("issuer") ? List.of(leaf.certificate()) : leaf.servedChain();
            CheckVerdict verdict = trust(leaf, served, publicAndTheSite);
            assertEquals(
                    what.equals("issuer") ? CheckOutcome.FAIL : CheckOutcome.PASS, verdict.outcome(), verdict.value());
            assertEquals(0, inside.connectionCount());
        }
    }

    @ParameterizedTest(name = "a stapled response is evaluated {0}")
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aStapledResponseIsEvaluated(String version, @TempDir Path directory) throws Exception {
        assumeTrue(OpenSslServer.isInstalled(), "openssl is not installed");
        X509Certificate certificate = PLAIN.certificate();
        byte[] good = ocsp(CertificateStatus.GOOD, certificate.getSerialNumber());
        byte[] revoked = ocsp(REVOKED, certificate.getSerialNumber());
        Path file = Files.write(directory.resolve("status"), good);
        try (OpenSslServer server = OpenSslServer.start(PLAIN, version, "-status_file", file.toString())) {
            TlsScan scan = TlsScan.of(server.port());
            assertPasses(scan.evaluate("ssl.certificate-trust").verdict());
            assertEquals(
                    "An OCSP response is stapled",
                    scan.evaluate("ssl.ocsp-stapling").verdict().value());
        }
        Files.write(file, revoked);
        try (OpenSslServer server = OpenSslServer.start(PLAIN, version, "-status_file", file.toString())) {
            CheckVerdict verdict =
                    TlsScan.of(server.port()).evaluate("ssl.certificate-trust").verdict();
            assertEquals(CheckOutcome.FAIL, verdict.outcome());
            assertEquals("Revoked according to the stapled OCSP response", verdict.value());
        }
    }

    /** An OCSP responder that returns one status for every certificate (RFC 6960 appendix A.1). */
    private static final class Responder implements AutoCloseable {
        private final TestSite site;

        Responder(CertificateStatus status) {
            site = TestSite.http(request -> {
                try {
                    String path = String.valueOf(request.getUrl().encodedPath()).substring(1);
                    byte[] der =
                            Base64.getDecoder().decode(java.net.URLDecoder.decode(path, StandardCharsets.US_ASCII));
                    return bytes(ocsp(
                            status,
                            new OCSPReq(der).getRequestList()[0].getCertID().getSerialNumber()));
                } catch (Exception e) {
                    return TestSite.notFound();
                }
            });
        }

        String url() {
            return PkiDownloaderTest.url(site);
        }

        @Override
        public void close() {
            site.close();
        }
    }

    private static String url(TestSite site) {
        return "http://127.0.0.1:" + site.port() + "/";
    }

    private static MockResponse bytes(byte[] body) {
        return new MockResponse.Builder().body(new Buffer().write(body)).build();
    }

    private static void assertPasses(CheckVerdict verdict) {
        assertEquals(CheckOutcome.PASS, verdict.outcome(), verdict.value());
    }

    private static CheckVerdict scan(UnaryOperator<TestCertificateBuilder> changes) throws Exception {
        return trust(leaf(changes), AddressPolicy.ALLOW_ALL);
    }

    private static TestCertificate leaf(UnaryOperator<TestCertificateBuilder> changes) {
        return changes.apply(TlsScan.ROOT.issue("www.example.com").keys(KEYS)).build();
    }

    private static CheckVerdict trust(TestCertificate leaf, AddressPolicy policy) throws Exception {
        return trust(leaf, leaf.servedChain(), policy);
    }

    private static CheckVerdict trust(TestCertificate leaf, List<X509Certificate> served, AddressPolicy policy)
            throws Exception {
        try (TestSite site = TestSite.https(leaf.serverContext(served), request -> TestSite.page("hello"))) {
            TlsScan scan =
                    new TlsScan(TlsScan.observe(TlsScan.options(Duration.ofSeconds(30), "127.0.0.1:" + site.port())
                            .addressPolicy(policy)
                            .build()));
            return scan.evaluate("ssl.certificate-trust").verdict();
        }
    }

    private static byte[] ocsp(CertificateStatus status, java.math.BigInteger serial) throws Exception {
        var sha1 = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
        BasicOCSPRespBuilder basic =
                new JcaBasicOCSPRespBuilder(TlsScan.ROOT.certificate().getPublicKey(), sha1);
        CertificateID id = new CertificateID(sha1, new JcaX509CertificateHolder(TlsScan.ROOT.certificate()), serial);
        Instant at = Instant.now().minus(Duration.ofHours(1));
        basic.addResponse(id, status, Date.from(at), Date.from(at.plus(Duration.ofDays(7))));
        var signed = basic.build(signer(), new X509CertificateHolder[0], Date.from(at));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed).getEncoded();
    }

    private static ContentSigner signer() throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(TlsScan.ROOT.key());
    }
}
