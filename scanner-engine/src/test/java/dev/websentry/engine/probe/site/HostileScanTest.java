package dev.websentry.engine.probe.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.testsite.RawServer;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okhttp3.Headers;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Complete scans of malicious servers in a JVM with a heap of 64 MiB. The build runs the tests with this tag in a
 * separate JVM.
 */
@Tag("small-heap")
@Timeout(180)
class HostileScanTest {
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Content-Type-Options: nosniff\r\n";
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate CERTIFICATE = ROOT.issue("127.0.0.1").build();
    private static final Duration SHORT = Duration.ofSeconds(3);
    /** Enough for the header section of a response, even if the machine is busy. */
    private static final Duration MEDIUM = Duration.ofSeconds(8);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static Scanner scanner;

    @BeforeAll
    static void open() {
        assertTrue(
                Runtime.getRuntime().maxMemory() <= 64L << 20,
                "this test requires -Xmx64m, but the maximum heap of this JVM is "
                        + Runtime.getRuntime().maxMemory());
        scanner = new Scanner();
    }

    @AfterAll
    static void close() {
        scanner.close();
    }

    private static Report scan(String target, Duration timeout) throws ScanException {
        ScanOptions options = ScanOptions.builder()
                .timeout(timeout)
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .caCertificates(List.of(ROOT.certificate()))
                .build();
        long began = System.nanoTime();
        try {
            return scanner.scan(Target.parse(target), options, ScanProgressListener.NONE);
        } finally {
            long took = System.nanoTime() - began;
            // Without the timeout of the scan, each of its consecutive requests would last for ten seconds.
            assertTrue(took < timeout.toNanos() + TimeUnit.SECONDS.toNanos(12), "took " + took / 1_000_000 + " ms");
        }
    }

    private static Report scan(RawServer.RawResponseScript script, Duration timeout) throws ScanException, IOException {
        try (RawServer server = new RawServer(script)) {
            return scan("http://127.0.0.1:" + server.port(), timeout);
        }
    }

    private static Report overH2(MockResponse answer) throws ScanException {
        try (TestSite site = TestSite.https(CERTIFICATE.serverContext(), request -> answer)) {
            return scan("https://127.0.0.1:" + site.port(), LONG);
        }
    }

    private static ScanFailureReason error(RawServer.RawResponseScript script, Duration timeout) {
        return assertThrows(ScanException.class, () -> scan(script, timeout)).reason();
    }

    private static void is(CheckOutcome outcome, Report report, String id) {
        CheckResult result = report.categories().stream()
                .flatMap(category -> category.checks().stream())
                .filter(check -> check.label().equals(id))
                .findFirst()
                .orElseThrow();
        assertEquals(outcome, result.outcome(), id + ": " + result.value());
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(RawServer.latin1(text));
    }

    @Test
    void endlessHeadersMakeTheSiteUnreachable() {
        assertEquals(
                ScanFailureReason.UNREACHABLE,
                error(
                        (path, out) -> {
                            write(out, OK);
                            while (true) {
                                write(out, "X-More: " + "x".repeat(1000) + "\r\n");
                            }
                        },
                        LONG));
    }

    @Test
    void endlessEmptyFieldsOverHttp2AreRejected() throws Exception {
        try (EndlessHeaderBlockServer server = new EndlessHeaderBlockServer(CERTIFICATE.serverContext())) {
            Report report = scan("https://127.0.0.1:" + server.port(), LONG);
            is(CheckOutcome.NOT_CHECKED, report, "headers.csp");
            is(CheckOutcome.PASS, report, "ssl.certificate-host");
            assertTrue(
                    server.longestBlock() > 128 << 10, "the response ended before the limit: " + server.longestBlock());
        }
    }

    @Test
    void tenThousandCookiesAreEvaluated() throws Exception {
        StringBuilder head = new StringBuilder(OK);
        for (int i = 0; i < 10_000; i++) {
            head.append("Set-Cookie: c").append(i).append("=1\r\n");
        }
        byte[] answer = RawServer.latin1(head + "Content-Length: 0\r\n\r\n");
        Report report = scan((path, out) -> out.write(answer), LONG);
        is(CheckOutcome.FAIL, report, "cookies.secure");
        is(CheckOutcome.PASS, report, "cookies.http-only");
    }

    @Test
    void tenThousandCookiesOverHttp2AreEvaluated() throws Exception {
        Headers.Builder fields = new Headers.Builder().add("Content-Type", "text/html");
        for (int i = 0; i < 10_000; i++) {
            fields.add("Set-Cookie", "c" + i + "=1");
        }
        Report report =
                overH2(new MockResponse.Builder().headers(fields.build()).build());
        is(CheckOutcome.FAIL, report, "cookies.secure");
    }

    @Test
    void aPageOfAHundredMegabytesIsEvaluated() throws Exception {
        byte[] chunk = new byte[1 << 16];
        Report report = scan(
                (path, out) -> {
                    write(out, OK + "Content-Length: 104857600\r\n\r\n");
                    for (int i = 0; i < 1600; i++) {
                        out.write(chunk);
                    }
                },
                LONG);
        is(CheckOutcome.PASS, report, "headers.content-type-options");
        is(CheckOutcome.FAIL, report, "headers.csp");
    }

    @Test
    void aPageOfAHundredMegabytesOverHttp2IsEvaluated() throws Exception {
        Report report = overH2(new MockResponse.Builder()
                .setHeader("Content-Type", "text/html")
                .setHeader("X-Content-Type-Options", "nosniff")
                .body(new HundredMegabytes())
                .build());
        is(CheckOutcome.PASS, report, "headers.content-type-options");
        is(CheckOutcome.FAIL, report, "headers.csp");
    }

    private static final class HundredMegabytes implements MockResponseBody {
        @Override
        public long getContentLength() {
            return 100L << 20;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            byte[] chunk = new byte[1 << 16];
            for (int i = 0; i < 1600; i++) {
                sink.write(chunk);
            }
        }
    }

    @Test
    void aGzipBombIsEvaluated() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }
        Report report = scan(
                (path, out) -> {
                    write(out, OK + "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
                    bomb.writeTo(out);
                },
                LONG);
        is(CheckOutcome.PASS, report, "headers.content-type-options");
        is(CheckOutcome.FAIL, report, "headers.csp");
    }

    /** Concurrent, because it only waits, and needs little memory. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aBodyOfOneByteASecondIsEvaluatedAsFarAsReceived() throws Exception {
        Report report = scan(
                (path, out) -> {
                    write(out, OK + "Content-Length: 1000000\r\n\r\n");
                    while (true) {
                        write(out, "x");
                        out.flush();
                        TimeUnit.SECONDS.sleep(1);
                    }
                },
                MEDIUM);
        is(CheckOutcome.PASS, report, "headers.content-type-options");
    }

    /** Concurrent, because it only waits, and needs little memory. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aResponseHeadOfOneByteASecondTimesOut() {
        assertEquals(
                ScanFailureReason.TIMED_OUT,
                error(
                        (path, out) -> {
                            while (true) {
                                write(out, "H");
                                out.flush();
                                TimeUnit.SECONDS.sleep(1);
                            }
                        },
                        SHORT));
    }

    @Test
    void aRedirectLoopAndInvalidLocationsHaveNoFinalPage() throws Exception {
        for (String location : List.of("/", "http://[::1", "mailto:a@b.test", "\u00ff\u0001://")) {
            Report report = scan(
                    (path, out) -> write(
                            out,
                            "HTTP/1.1 302 Found\r\nLocation: " + location
                                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
                    LONG);
            if (!location.startsWith("\u00ff")) {
                is(CheckOutcome.FAIL, report, "redirects.chain");
            }
            is(CheckOutcome.NOT_CHECKED, report, "headers.csp");
        }
    }

    @Test
    void controlAndNonAsciiBytesAreHandled() throws Exception {
        Report report = scan(
                (path, out) -> write(
                        out,
                        OK + "Server: \u0001\u00e9\u00ff\u001b[31m\r\nReferrer-Policy: \u00ff\r\n: none\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n"),
                LONG);
        is(CheckOutcome.PASS, report, "server.banner");
        is(CheckOutcome.FAIL, report, "headers.referrer-policy");
    }

    @Test
    void garbageMakesTheSiteUnreachable() {
        for (String garbage : List.of("<html>hello</html>\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n\r\n", "\0\0\0")) {
            assertEquals(ScanFailureReason.UNREACHABLE, error((path, out) -> write(out, garbage), LONG));
        }
    }
}
