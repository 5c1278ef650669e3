package dev.websentry.engine.probe.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.target.ScanException;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.tls.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Servers that are no TLS server, or a bad one: each ends in time, and in the right verdict. */
class BadServersTest {
    @Test
    void plainHttpOnTheHttpsPortIsAnErrorOfTheScanWhenNothingElseAnswers() {
        byte[] answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server = ScriptedServer.answering(answer)) {
            assertThrows(ScanException.class, () -> TlsScan.of(server.port()));
        }
    }

    @Test
    void resetsAreAnAnswerAndNoServerHello() {
        try (ScriptedServer server = ScriptedServer.resetting()) {
            ScanException unreachable = assertThrows(ScanException.class, () -> TlsScan.of(server.port()));
            assertEquals(ScanException.Reason.UNREACHABLE, unreachable.reason());
            assertTrue(server.connections() > 6);
        }
    }

    @Test
    void silenceEndsWithTheDeadline() {
        try (ScriptedServer server = ScriptedServer.silent()) {
            long began = System.nanoTime();
            assertThrows(ScanException.class, () -> TlsScan.of(server.port(), Duration.ofSeconds(3)));
            assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(6)) < 0);
        }
    }

    @Test
    void aSlowDripEndsWithTheDeadline() {
        ScriptedServer.Script drip = connection -> {
            ScriptedServer.readSome(connection);
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
            assertThrows(ScanException.class, () -> TlsScan.of(server.port(), Duration.ofSeconds(3)));
            assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(6)) < 0);
        }
    }

    @Test
    void aGoodSitePassesEveryCheckButHsts() throws Exception {
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
                assertEquals(Outcome.PASS, scan.judged("ssl." + id).verdict().outcome(), scan.outcome("ssl." + id));
            }
            assertEquals(Outcome.FAIL, scan.judged("ssl.hsts").verdict().outcome());
        }
    }

    @Test
    void aMissingIntermediateIsFetchedFromWhereTheLeafNamesIt() throws Exception {
        TestCertificate intermediate =
                TlsScan.ROOT.issueAuthority("Intermediate").build();
        byte[] der = intermediate.certificate().getEncoded();
        try (TestSite files = TestSite.http(request -> new mockwebserver3.MockResponse.Builder()
                .setHeader("Content-Type", "application/pkix-cert")
                .body(new Buffer().write(der))
                .build())) {
            TestCertificate leaf = intermediate
                    .issue("www.example.com")
                    .caIssuers("http://127.0.0.1:" + files.port() + "/ca.cer")
                    .build();
            List<X509Certificate> alone = List.of(leaf.certificate());
            try (TestSite site = TestSite.https(leaf.serverContext(alone), request -> TestSite.page("hello"))) {
                TlsScan scan = TlsScan.of(site.port());
                assertEquals(
                        Outcome.WARN,
                        scan.judged("ssl.certificate-trust").verdict().outcome(),
                        scan.outcome("ssl.certificate-trust"));
                assertEquals(1, files.requestCount());
            }
        }
    }
}
