package dev.websentry.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScannerTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static Scanner scanner;

    @BeforeAll
    static void open() {
        scanner = new Scanner();
    }

    @AfterAll
    static void close() {
        scanner.close();
    }

    @Test
    void scansANameThroughAResolveOverride() throws Exception {
        TestCertificate certificate = ROOT.issue("www.example.com").build();
        try (TestSite site = TestSite.https(certificate.serverContext(), request -> TestSite.page("hello"))) {
            ScanOptions options = ScanOptions.builder()
                    .caCertificates(List.of(ROOT.certificate()))
                    .dnsServers(List.of(HostAndPort.parse("127.0.0.1:9", 53)))
                    .resolve(List.of(ResolveOverride.parse("www.example.com:443:127.0.0.1:" + site.port())))
                    .build();
            ScanObservations seen =
                    scanner.observe(Target.parse("www.example.com"), options, ScanProgressListener.NONE);
            Response page = seen.site().entry().value().last().response().orElseThrow();
            assertEquals(200, page.status());
            assertEquals("h2", page.protocol());
            assertEquals("127.0.0.1", page.address());
            assertEquals(true, page.tls().orElseThrow().isTrusted());
        }
    }

    @Test
    void addressesThatThePolicyBlocksAreRejected() {
        ScanOptions options =
                ScanOptions.builder().addressPolicy(AddressPolicy.PUBLIC_ONLY).build();
        ScanException refused = assertThrows(
                ScanException.class,
                () -> scanner.scan(Target.parse("127.0.0.1:9"), options, ScanProgressListener.NONE));
        assertEquals(ScanException.ScanFailureReason.BLOCKED_ADDRESS, refused.reason());
    }

    @Test
    void aClosedPortIsAnErrorWithoutAGrade() {
        ScanException refused = assertThrows(
                ScanException.class,
                () -> scanner.scan(Target.parse("127.0.0.1:9"), ScanOptions.defaults(), ScanProgressListener.NONE));
        assertEquals(ScanException.ScanFailureReason.UNREACHABLE, refused.reason());
    }

    /** The lookup of the host ends because of the interrupt, not because of the resolver. */
    @Test
    void aScanOfAnInterruptedThreadIsInterruptedAndDoesNotTimeOut() {
        Thread.currentThread().interrupt();
        try {
            assertInterrupted(scanner, List.of(), ScanProgressListener.NONE);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aConnectionTestOfAnInterruptedThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        try {
            ScanException stopped = assertThrows(
                    ScanException.class,
                    () -> ConnectionTester.connect(Target.parse("127.0.0.1:9"), ScanOptions.defaults()));
            assertEquals(ScanException.ScanFailureReason.INTERRUPTED, stopped.reason());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    /** The calling thread waits for tasks of the scanner, whatever it is about to do when the scanner is closed. */
    @ParameterizedTest
    @EnumSource(
            value = ScanProgressListener.ScanStage.class,
            names = {"ADDRESSES", "DNS", "TLS", "SITE"})
    @Timeout(60)
    void closingTheScannerEndsARunningScan(ScanProgressListener.ScanStage when) {
        Scanner closed = new Scanner();
        ScanProgressListener closing = new ScanProgressListener() {
            @Override
            public void stageStarted(ScanStage stage) {
                if (stage == when) {
                    closed.close();
                }
            }
        };
        List<ResolveOverride> known = List.of(ResolveOverride.parse("www.example.com:443:127.0.0.1:9"));
        assertInterrupted(closed, known, closing);
        assertInterrupted(closed, known, ScanProgressListener.NONE);
    }

    private static void assertInterrupted(
            Scanner interrupted, List<ResolveOverride> known, ScanProgressListener progress) {
        ScanOptions options = ScanOptions.builder()
                .dnsServers(List.of(HostAndPort.parse("127.0.0.1:9", 53)))
                .resolve(known)
                .build();
        ScanException stopped = assertThrows(
                ScanException.class, () -> interrupted.observe(Target.parse("www.example.com"), options, progress));
        assertEquals(ScanException.ScanFailureReason.INTERRUPTED, stopped.reason());
    }
}
