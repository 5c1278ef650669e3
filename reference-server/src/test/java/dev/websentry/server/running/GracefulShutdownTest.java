package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ForkedTestServer;
import dev.websentry.server.testing.ScanGate;
import dev.websentry.server.testing.ServerDatabase;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sends SIGTERM to a server in a separate process while a scan runs, which the test holds before the engine. */
class GracefulShutdownTest {
    private static final String HOST = "www.example.com";
    private static final String SCAN = "{\"url\": \"https://" + HOST + "/\"}";
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final TestCertificate root = TestCertificate.root("root");
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> settings = new ArrayList<>(DatabaseVendor.SQLITE.freshDatabase());
    private ScanGate gate;
    private TestSite site;
    private TestDnsServer dns;

    @BeforeEach
    void start() throws Exception {
        gate = ScanGate.start(HOST, host -> hold());
        site = TestSite.https(root.issue(HOST).build().serverContext(), request -> TestSite.page("hello"));
        dns = TestDnsServer.serving(TestZone.of("example.com.", "www A 127.0.0.1"));
        settings.addAll(List.of(
                "--websentry.scan.allow=127.0.0.1/32",
                "--websentry.scan.dns-servers=" + dns.server(),
                "--websentry.scan.ca-certificates=" + Files.writeString(directory.resolve("roots.pem"), root.rootPem()),
                "--websentry.scan.resolve=" + HOST + ":443:127.0.0.1:" + site.port(),
                gate.setting()));
    }

    @AfterEach
    void stop() {
        released.countDown();
        gate.close();
        site.close();
        dns.close();
    }

    private void hold() {
        running.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts a scan. The result is the response; it fails with {@link UncheckedIOException} if the connection breaks.
     */
    private CompletableFuture<TestResponse> scan(ForkedTestServer server) throws InterruptedException {
        CompletableFuture<TestResponse> answer = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        answer.complete(new TestClient(server::url).post("/api/scan", SCAN));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                })
                .start();
        running.await();
        return answer;
    }

    /**
     * Whether the server rejects new scans: with status 503, or because it no longer listens. Before that, the response
     * to this request is an error for a blocked address, without a scan.
     */
    private static boolean rejectsNewScans(ForkedTestServer server) {
        try {
            return new TestClient(server::url)
                            .post("/api/scan", "{\"url\": \"http://10.0.0.1/\"}")
                            .status()
                    == 503;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    @Test
    void runningScanCompletesAndNewScansAreRejected() throws Exception {
        try (ForkedTestServer server = ForkedTestServer.start(settings, Instant.parse("2030-06-02T12:00:00Z"))) {
            CompletableFuture<TestResponse> response = scan(server);
            server.terminate();
            Await.until("new scans are rejected", () -> rejectsNewScans(server));
            assertTrue(!response.isDone(), "the running scan was aborted");
            released.countDown();
            TestResponse answer = response.get();
            answer.assertStatus(200);
            assertEquals(143, server.exitCode(EXIT_TIMEOUT), server.output());
            JdbcClient db = ServerDatabase.of(settings);
            assertEquals(1, ServerDatabase.count(db, "scan"));
            assertEquals(
                    1,
                    ServerDatabase.count(
                            db,
                            "scan WHERE state = 'done' AND id = '"
                                    + answer.json().get("scanId").asString() + "'"));
        }
    }

    @Test
    void scanThatExceedsTheShutdownTimeoutIsRecordedAsInterrupted() throws Exception {
        settings.add("--spring.lifecycle.timeout-per-shutdown-phase=2s");
        try (ForkedTestServer server = ForkedTestServer.start(settings, Instant.parse("2030-06-02T12:00:00Z"))) {
            CompletableFuture<TestResponse> response = scan(server);
            server.terminate();
            assertEquals(143, server.exitCode(EXIT_TIMEOUT), server.output());
            // An error response or a broken connection, but no result.
            int status = response.handle((answer, broken) -> broken == null ? answer.status() : 503)
                    .get();
            assertEquals(503, status);
            JdbcClient db = ServerDatabase.of(settings);
            assertEquals(1, ServerDatabase.count(db, "scan"));
            assertEquals(1, ServerDatabase.count(db, "scan WHERE state = 'interrupted' AND grade IS NULL"));
            assertEquals(
                    "ok", db.sql("PRAGMA integrity_check").query(String.class).single());
        }
    }
}
