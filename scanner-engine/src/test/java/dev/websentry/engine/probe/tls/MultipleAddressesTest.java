package dev.websentry.engine.probe.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.testsite.RequiresSecondLoopbackAddress;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.tls.LegacyTlsServer;
import dev.websentry.testsite.tls.OpenSslServer;
import dev.websentry.testsite.tls.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scans of one host name with several loopback addresses. */
@Execution(ExecutionMode.CONCURRENT)
class MultipleAddressesTest {
    private static final TestCertificate GOOD =
            TlsScan.ROOT.issue("www.example.com").build();

    @Test
    @RequiresSecondLoopbackAddress
    void twoEqualAddressesAreBothListed() throws Exception {
        try (TestSite one = site("127.0.0.1", GOOD);
                TestSite two = site("127.0.0.2", GOOD)) {
            TlsScan scan = TlsScan.ofAddresses("127.0.0.1:" + one.port(), "127.0.0.2:" + two.port());
            assertEquals("HTTPS is available on all 2 addresses", value(scan, "ssl.https", CheckOutcome.PASS));
            String seen = evidence(scan, "ssl.protocol-versions");
            assertTrue(seen.contains("127.0.0.1: ") && seen.contains("127.0.0.2: "), seen);
            assertTrue(!value(scan, "ssl.protocol-versions", CheckOutcome.PASS).contains("differ"));
            assertTrue(!value(scan, "ssl.certificate-trust", CheckOutcome.PASS).contains("differ"));
        }
    }

    @Test
    @RequiresSecondLoopbackAddress
    void anAddressThatRefusesConnectionsIsAWarning() throws Exception {
        try (TestSite one = site("127.0.0.1", GOOD)) {
            TlsScan scan = TlsScan.ofAddresses("127.0.0.1:" + one.port(), "127.0.0.2:1");
            String value = value(scan, "ssl.https", CheckOutcome.WARN);
            assertTrue(value.startsWith("1 of 2 addresses do not respond over HTTPS: 127.0.0.2: "), value);
            assertTrue(value.contains("refused"), value);
        }
    }

    @Test
    @RequiresSecondLoopbackAddress
    void anAddressWithoutTlsIsAWarning() throws Exception {
        byte[] banner = "220 mail.example.com ESMTP\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (TestSite two = site("127.0.0.2", GOOD);
                ScriptedServer one = ScriptedServer.sending(banner)) {
            TlsScan scan = TlsScan.ofAddresses("127.0.0.2:" + two.port(), "127.0.0.1:" + one.port());
            String value = value(scan, "ssl.https", CheckOutcome.WARN);
            assertTrue(value.contains("127.0.0.1: the server does not speak TLS; it sent: 220 m"), value);
        }
    }

    @Test
    @RequiresSecondLoopbackAddress
    void theWorseCertificateDecidesAndTheDifferenceIsReported() throws Exception {
        TestCertificate other =
                TestCertificate.root("Untrusted root").issue("www.example.com").build();
        try (TestSite one = site("127.0.0.1", GOOD);
                TestSite two = site("127.0.0.2", other)) {
            TlsScan scan = TlsScan.ofAddresses("127.0.0.1:" + one.port(), "127.0.0.2:" + two.port());
            String value = value(scan, "ssl.certificate-trust", CheckOutcome.FAIL);
            assertTrue(value.startsWith("Unknown CA"), value);
            assertTrue(value.contains("the served certificates differ"), value);
            String seen = evidence(scan, "ssl.certificate-trust");
            assertTrue(seen.contains("certificate on 127.0.0.1:") && seen.contains("certificate on 127.0.0.2:"), seen);
        }
    }

    @Test
    @RequiresSecondLoopbackAddress
    void theOlderVersionsDecideAndTheDifferenceIsReported() throws Exception {
        TestCertificate rsa = TlsScan.ROOT.issue("www.example.com").rsa(2048).build();
        try (TestSite two = site("127.0.0.2", GOOD);
                ScriptedServer one = LegacyTlsServer.withCertificate(rsa)
                        .accepting(0x0301, 0x002F)
                        .start()) {
            TlsScan scan = TlsScan.ofAddresses("127.0.0.2:" + two.port(), "127.0.0.1:" + one.port());
            String value = value(scan, "ssl.protocol-versions", CheckOutcome.FAIL);
            assertEquals(
                    "Obsolete protocol versions are accepted: TLS 1.0; the addresses accept different versions", value);
            String seen = evidence(scan, "ssl.protocol-versions");
            assertTrue(seen.contains("127.0.0.1: SSLv2 no, SSLv3 no, TLS 1.0 yes, TLS 1.1 no"), seen);
            assertTrue(seen.contains("127.0.0.2: SSLv2 no, SSLv3 no, TLS 1.0 no"), seen);
        }
    }

    @Test
    @RequiresSecondLoopbackAddress
    void newerVersionsOnOnlyOneAddressAreAWarning() throws Exception {
        assumeTrue(OpenSslServer.isInstalled(), "openssl is not installed");
        try (TestSite two = site("127.0.0.2", GOOD);
                OpenSslServer one = OpenSslServer.start(GOOD, "-tls1_2")) {
            TlsScan scan = TlsScan.ofAddresses("127.0.0.2:" + two.port(), "127.0.0.1:" + one.port());
            assertEquals(
                    "TLS 1.2 without TLS 1.3 on at least one address; the addresses accept different versions",
                    value(scan, "ssl.protocol-versions", CheckOutcome.WARN));
        }
    }

    @Test
    void bothIpVersionsAreProbed() throws Exception {
        assumeTrue(hasIpv6(), "the address ::1 is not available");
        try (TestSite one = site("127.0.0.1", GOOD);
                TestSite six = site("::1", GOOD)) {
            TlsScan scan = TlsScan.ofAddresses("127.0.0.1:" + one.port(), "[::1]:" + six.port());
            assertEquals("HTTPS is available on all 2 addresses", value(scan, "ssl.https", CheckOutcome.PASS));
            assertTrue(evidence(scan, "ssl.https").contains("0:0:0:0:0:0:0:1: HTTP 200"), evidence(scan, "ssl.https"));
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static TestSite site(String address, TestCertificate certificate) {
        return TestSite.https(
                certificate.serverContext(),
                request -> TestSite.page("hello"),
                List.of(Protocol.HTTP_2, Protocol.HTTP_1_1),
                address);
    }

    private static String value(TlsScan scan, String id, CheckOutcome outcome) {
        CheckVerdict verdict = scan.evaluate(id).verdict();
        assertEquals(outcome, verdict.outcome(), verdict.value());
        return verdict.value();
    }

    private static String evidence(TlsScan scan, String id) {
        return String.join("\n", scan.evaluate(id).verdict().evidence());
    }
}
