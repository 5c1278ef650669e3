package dev.websentry.engine.probe.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.testsite.RawServer;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EntryProbeTest {
    private static Scanner scanner;

    @BeforeAll
    static void open() {
        scanner = new Scanner();
    }

    @AfterAll
    static void close() {
        scanner.close();
    }

    /** Creates options for the site; port 1 of loopback refuses connections. */
    private static ScanOptions.Builder options(int https, int http) {
        return ScanOptions.builder()
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .resolve(List.of(
                        ResolveOverride.parse("shop.example.com:443:127.0.0.1:" + https),
                        ResolveOverride.parse("shop.example.com:80:127.0.0.1:" + http)));
    }

    @Test
    void aClosedHttpsPortFallsBackToHttp() throws ScanException {
        try (TestSite http = TestSite.http(request -> TestSite.page("in clear"))) {
            ScanObservations seen = scanner.observe(
                    Target.parse("shop.example.com"), options(1, http.port()).build(), ScanProgressListener.NONE);
            assertEquals(
                    "http://shop.example.com/",
                    seen.site().page().value().exchange().url().toString());
            assertEquals(Optional.empty(), seen.site().www().value());
        }
    }

    @Test
    void aPortThatDoesNotSpeakTlsFallsBackToHttp() throws ScanException {
        try (TestSite http = TestSite.http(request -> TestSite.page("in clear"))) {
            ScanObservations seen = scanner.observe(
                    Target.parse("127.0.0.1:" + http.port()), ScanOptions.defaults(), ScanProgressListener.NONE);
            assertFalse(seen.site().page().value().exchange().url().isHttps());
            assertEquals(Optional.empty(), seen.site().plain().value());
        }
    }

    @Test
    void anExplicitHttpPortIsRequestedOnlyOverHttp() throws ScanException {
        try (TestSite http = TestSite.http(request -> TestSite.page("in clear"))) {
            ScanObservations seen = scanner.observe(
                    Target.parse("http://127.0.0.1:" + http.port() + "/login"),
                    ScanOptions.defaults(),
                    ScanProgressListener.NONE);
            assertEquals("/login", seen.site().page().value().exchange().url().encodedPath());
            assertEquals(1, seen.site().entry().value().hops().size());
        }
    }

    @Test
    void aTlsAlertDoesNotFallBackToHttp() throws IOException {
        // A fatal handshake_failure alert, RFC 8446 section 6.
        byte[] alert = {21, 3, 3, 0, 2, 2, 40};
        try (TestSite http = TestSite.http(request -> TestSite.page("in clear"));
                AlertServer tls = new AlertServer(alert)) {
            ScanException refused = assertThrows(
                    ScanException.class,
                    () -> scanner.observe(
                            Target.parse("shop.example.com"),
                            options(tls.port(), http.port()).build(),
                            ScanProgressListener.NONE));
            assertTrue(String.valueOf(refused.getMessage()).contains("port 443"), refused.getMessage());
        }
    }

    @Test
    void aRequiredClientCertificateDoesNotFallBackToHttp() throws ScanException {
        TestCertificate certificate =
                TestCertificate.root("Test root").issue("shop.example.com").build();
        try (TestSite http = TestSite.http(request -> TestSite.page("in clear"));
                TestSite tls = TestSite.requiringClientCertificate(
                        certificate.serverContext(), request -> TestSite.page("never seen"))) {
            ScanObservations seen = scanner.observe(
                    Target.parse("shop.example.com"),
                    options(tls.port(), http.port()).build(),
                    ScanProgressListener.NONE);
            assertTrue(seen.tls().answered());
            String reason = ((Observation.Unknown<RedirectChain>) seen.site().entry()).reason();
            assertTrue(reason.contains("client certificate"), reason);
        }
    }

    @Test
    void noSensitivePathsAreRequestedIfProbePathsIsOff() throws ScanException {
        try (TestSite http = TestSite.http(request -> TestSite.page("in clear"))) {
            ScanObservations seen = scanner.observe(
                    Target.parse("shop.example.com"),
                    options(1, http.port()).probePaths(false).build(),
                    ScanProgressListener.NONE);
            assertEquals(List.of(), seen.site().leakage().value().paths());
        }
    }

    @Test
    void anInterruptedScanStopsImmediately() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Object> end = new AtomicReference<>();
        try (RawServer silent = new RawServer((path, out) -> {
            asked.countDown();
            TimeUnit.SECONDS.sleep(50);
        })) {
            ScanOptions options =
                    ScanOptions.builder().timeout(Duration.ofSeconds(50)).build();
            Thread scan = new Thread(() -> {
                try {
                    end.set(scanner.observe(
                            Target.parse("http://127.0.0.1:" + silent.port()), options, ScanProgressListener.NONE));
                } catch (ScanException e) {
                    end.set(e.reason());
                }
            });
            scan.start();
            assertTrue(asked.await(60, TimeUnit.SECONDS));
            scan.interrupt();
            // Without the interrupt, the request would last for ten seconds.
            scan.join(9000);
            assertFalse(scan.isAlive());
            assertEquals(ScanException.ScanFailureReason.INTERRUPTED, end.get());
        }
    }

    /** A server that sends the same bytes on every connection, regardless of the request. */
    private static final class AlertServer implements AutoCloseable {
        private final java.net.ServerSocket server =
                new java.net.ServerSocket(0, 50, java.net.InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));

        AlertServer(byte[] answer) throws IOException {
            Thread thread = new Thread(() -> {
                while (!server.isClosed()) {
                    try (java.net.Socket socket = server.accept()) {
                        // Read the request first, because closing would otherwise reset the connection.
                        if (socket.getInputStream().read(new byte[8192]) > 0) {
                            socket.getOutputStream().write(answer);
                            socket.shutdownOutput();
                            while (socket.getInputStream().read() >= 0) {
                                // Wait until the client closes the connection.
                            }
                        }
                    } catch (IOException e) {
                        // Continue with the next connection.
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
