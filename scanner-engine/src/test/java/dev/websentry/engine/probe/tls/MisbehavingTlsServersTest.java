package dev.websentry.engine.probe.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.config.ScanException;
import dev.websentry.testsite.RequiresSecondLoopbackAddress;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.tls.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that do not speak TLS, or speak it badly: each scan ends in time and with the right result. */
class MisbehavingTlsServersTest {
    /** Less than a scan without a timeout would last: SSL 3.0 follows TLS 1.2, with two attempts of 6 seconds each. */
    private static final Duration MAX_SCAN_TIME = Duration.ofSeconds(20);

    /** A fatal alert of RFC 6066 section 3. */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

    @Test
    void plainHttpOnTheHttpsPortFailsTheScanIfNoOtherPortResponds() {
        byte[] answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server = ScriptedServer.sending(answer)) {
            ScanException failure = assertThrows(ScanException.class, () -> TlsScan.of(server.port()));
            assertEquals(ScanException.ScanFailureReason.UNREACHABLE, failure.reason());
        }
    }

    @Test
    void aMailServerBannerFailsTheScanIfNoOtherPortResponds() {
        ScriptedServer.ConnectionScript banner = connection -> {
            connection
                    .getOutputStream()
                    .write("220 mail.example.com ESMTP ready\r\n".getBytes(StandardCharsets.US_ASCII));
            ScriptedServer.readAvailable(connection);
            connection.getOutputStream().write("500 what?\r\n".getBytes(StandardCharsets.US_ASCII));
        };
        try (ScriptedServer server = new ScriptedServer(banner)) {
            ScanException failure = assertThrows(ScanException.class, () -> TlsScan.of(server.port()));
            assertEquals(ScanException.ScanFailureReason.UNREACHABLE, failure.reason());
        }
    }

    @ParameterizedTest(name = "{0} on port 443 with a web server on port 80 fails every check: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            a mail server's banner    | 220 mail.example.com ESMTP          | the server does not speak TLS; it sent: 220 m
            plain HTTP                | HTTP/1.1 400 Bad Request            | the server does not speak TLS; it sent: HTTP/
            a closed connection       |                                     | the server refused every ClientHello: the connection was closed
            """)
    void aServerWithoutTlsFailsWithTheReasonIfPort80Responds(String title, @Nullable String answer, String reason)
            throws Exception {
        byte[] bytes = (answer == null ? "" : answer + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server = ScriptedServer.sending(bytes);
                TestSite plain = TestSite.http(request -> TestSite.page("hello"))) {
            TlsScan scan = TlsScan.withHttpServer(plain.port(), "127.0.0.1:" + server.port());
            assertEquals("FAIL No HTTPS: " + reason, scan.outcome("ssl.https"), title);
            for (String id : List.of("certificate-trust", "certificate-host", "protocol-versions", "cipher-suites")) {
                assertEquals("FAIL TLS is not available: " + reason, scan.outcome("ssl." + id), title);
            }
        }
    }

    /** A TLS server exists, so the scan does not fall back to plain http, and there is nothing to evaluate. */
    @Test
    void anUnknownServerNameFailsTheScanAndNamesTheAlert() {
        try (ScriptedServer server = ScriptedServer.sending(UNRECOGNIZED_NAME);
                TestSite plain = TestSite.http(request -> TestSite.page("hello"))) {
            ScanException failure = assertThrows(
                    ScanException.class, () -> TlsScan.withHttpServer(plain.port(), "127.0.0.1:" + server.port()));
            assertEquals(ScanException.ScanFailureReason.UNREACHABLE, failure.reason());
            assertTrue(String.valueOf(failure.getMessage()).contains("alert: unrecognized_name"), failure.getMessage());
        }
    }

    @Test
    @RequiresSecondLoopbackAddress
    void anUnknownServerNameOnOneOfTwoAddressesIsAWarning() throws Exception {
        TestCertificate certificate = TlsScan.ROOT.issue("www.example.com").build();
        ScriptedServer.ConnectionScript refuse = connection -> {
            ScriptedServer.readAvailable(connection);
            connection.getOutputStream().write(UNRECOGNIZED_NAME);
        };
        try (TestSite site = TestSite.https(certificate.serverContext(), request -> TestSite.page("hello"));
                ScriptedServer other = new ScriptedServer(refuse, "127.0.0.2")) {
            TlsScan scan = TlsScan.ofAddresses("127.0.0.1:" + site.port(), "127.0.0.2:" + other.port());
            assertEquals(
                    "WARN 1 of 2 addresses do not respond over HTTPS: 127.0.0.2: the server refused every ClientHello:"
                            + " alert 112 (unrecognized_name)",
                    scan.outcome("ssl.https"));
        }
    }

    @Test
    void aCertificateOfAnotherHostFailsOnlyTheHostCheck() throws Exception {
        TestCertificate other = TlsScan.ROOT.issue("other.example").build();
        try (TestSite site = TestSite.https(other.serverContext(), request -> TestSite.page("hello"))) {
            TlsScan scan = TlsScan.of(site.port());
            assertEquals("FAIL The certificate does not match www.example.com", scan.outcome("ssl.certificate-host"));
            assertEquals(
                    49,
                    scan.evaluate("ssl.certificate-host")
                            .verdict()
                            .caps()
                            .get(0)
                            .limit());
            assertEquals("PASS Trusted: the chain leads to CN=Test root", scan.outcome("ssl.certificate-trust"));
            assertEquals("PASS HTTPS is available on 1 address", scan.outcome("ssl.https"));
        }
    }

    @Test
    void resetConnectionsMakeTheSiteUnreachable() {
        try (ScriptedServer server = ScriptedServer.resetting()) {
            ScanException unreachable = assertThrows(ScanException.class, () -> TlsScan.of(server.port()));
            assertEquals(ScanException.ScanFailureReason.UNREACHABLE, unreachable.reason());
            assertTrue(server.connectionCount() > 6);
        }
    }

    @Test
    void aSilentServerTimesOut() {
        try (ScriptedServer server = ScriptedServer.silent()) {
            long began = System.nanoTime();
            ScanException failure =
                    assertThrows(ScanException.class, () -> TlsScan.of(server.port(), Duration.ofSeconds(3)));
            assertEquals(ScanException.ScanFailureReason.TIMED_OUT, failure.reason());
            assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(MAX_SCAN_TIME) < 0);
        }
    }

    @Test
    void aSlowServerTimesOut() {
        ScriptedServer.ConnectionScript drip = connection -> {
            ScriptedServer.readAvailable(connection);
            connection.getOutputStream().write(new byte[] {22, 3, 3, 0x3f, (byte) 0xff, 2, 0, 0x3f, (byte) 0xfb});
            connection.setSoTimeout(100);
            while (true) {
                try {
                    connection.getInputStream().read();
                } catch (java.net.SocketTimeoutException e) {
                    connection.getOutputStream().write(0);
                }
            }
        };
        try (ScriptedServer server = new ScriptedServer(drip)) {
            long began = System.nanoTime();
            ScanException failure =
                    assertThrows(ScanException.class, () -> TlsScan.of(server.port(), Duration.ofSeconds(3)));
            assertEquals(ScanException.ScanFailureReason.TIMED_OUT, failure.reason());
            assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(MAX_SCAN_TIME) < 0);
        }
    }

    @Test
    void aGoodSitePassesEveryCheckExceptHsts() throws Exception {
        TestCertificate certificate = TlsScan.ROOT.issue("www.example.com").build();
        try (TestSite site = TestSite.https(certificate.serverContext(), request -> TestSite.page("hello"))) {
            TlsScan scan = TlsScan.of(site.port());
            assertEquals("TLS 1.2, TLS 1.3", scan.versions());
            for (String id : List.of(
                    "https",
                    "certificate-trust",
                    "certificate-host",
                    "certificate-strength",
                    "certificate-lifetime",
                    "protocol-versions")) {
                assertEquals(
                        CheckOutcome.PASS, scan.evaluate("ssl." + id).verdict().outcome(), scan.outcome("ssl." + id));
            }
            assertEquals(CheckOutcome.FAIL, scan.evaluate("ssl.hsts").verdict().outcome());
        }
    }

    @Test
    void aMissingIntermediateIsDownloadedFromTheCaIssuersUrl() throws Exception {
        TestCertificate intermediate =
                TlsScan.ROOT.issueIntermediate("Intermediate").build();
        byte[] der = intermediate.certificate().getEncoded();
        try (TestSite files = TestSite.http(request -> new mockwebserver3.MockResponse.Builder()
                .setHeader("Content-Type", "application/pkix-cert")
                .body(new Buffer().write(der))
                .build())) {
            TestCertificate leaf = intermediate
                    .issue("www.example.com")
                    .caIssuers("http://127.0.0.1:" + files.port() + "/ca.cer")
                    .build();
            List<X509Certificate> leafOnly = List.of(leaf.certificate());
            try (TestSite site = TestSite.https(leaf.serverContext(leafOnly), request -> TestSite.page("hello"))) {
                TlsScan scan = TlsScan.of(site.port());
                assertEquals(
                        CheckOutcome.WARN,
                        scan.evaluate("ssl.certificate-trust").verdict().outcome(),
                        scan.outcome("ssl.certificate-trust"));
                assertEquals(1, files.requestCount());
            }
        }
    }
}
