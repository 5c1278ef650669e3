package dev.websentry.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.FreePort;
import dev.websentry.server.testing.MutableClock;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL server that is stopped and started while monitors run. */
class DatabaseRestartTest {
    private static final String HOST = "www.example.com";
    private static final Instant EVE = Instant.parse("2030-05-31T12:00:00Z");
    private static final Instant TRIGGER = Instant.parse("2030-06-01T06:00:00Z");
    private static final int ACCOUNTS = 4;
    private static final int MONITORS = ACCOUNTS * Plan.AGENCY.maxMonitors();

    @TempDir
    private Path directory;

    private final ScriptedScanner scanner = new ScriptedScanner();

    @Test
    void everyMonitorHasItsReportAfterARestartAndTheOutageIsVisible() throws Exception {
        int port = FreePort.find();
        scanner.setGrade(HOST, Grade.A);
        EmbeddedPostgres database = start(port);
        String url = database.getJdbcUrl("postgres", "postgres");
        addMonitors(url + DatabaseVendor.TIMEOUTS);
        try (TestServer server = start(url)) {
            TestClient management = new TestClient(() -> URI.create("http://127.0.0.1:" + server.managementPort()));
            awaitReady(management);
            CountDownLatch gate = new CountDownLatch(1);
            scanner.blockScans(HOST, gate);
            server.clock().set(TRIGGER);
            Await.until("some scans run", () -> scanner.scanCount(HOST) >= 2);
            database.close();
            gate.countDown();
            assertOutage(server, management);
            database = start(port);
            // The pool tries to connect at increasing intervals.
            awaitReady(management);
            Await.until("every monitor has its report", () -> reports(server, "done") == MONITORS);
            assertEquals(0, reports(server, "failed"));
            Await.until("every result is recorded", () -> recorded(server) == MONITORS);
            awaitReady(management);
        } finally {
            database.close();
        }
    }

    private TestServer start(String url) {
        MutableClock clock = new MutableClock();
        clock.set(EVE);
        List<String> settings = List.of(
                "--websentry.db.url=" + url,
                "--websentry.data-dir=" + directory.resolve("server"),
                "--websentry.monitors.heartbeat=500ms");
        return TestServer.start(settings, clock, scanner);
    }

    private void addMonitors(String url) {
        try (TestServer server = start(url)) {
            for (int i = 0; i < ACCOUNTS; i++) {
                Account account = account(server, "user" + i + "@example.com");
                IntStream.range(0, Plan.AGENCY.maxMonitors())
                        .forEach(monitor -> server.get(MonitorRepository.class)
                                .create(account.id(), "https://" + HOST, Frequency.MONTHLY, true)
                                .orElseThrow());
            }
        }
    }

    private static void awaitReady(TestClient management) {
        Await.until(
                "the server is ready",
                () -> management.get("/actuator/health/readiness").status() == 200);
    }

    private static void assertOutage(TestServer server, TestClient management) {
        management.get("/actuator/health/readiness").assertStatus(503);
        management.get("/actuator/health/liveness").assertStatus(200);
        TestResponse page = server.client().withHeader("Accept", "text/html").get("/");
        page.assertStatus(503);
        assertEquals("10", page.header("Retry-After"));
        assertTrue(page.body().contains("<h1>"), page.body());
        for (TestResponse answer : List.of(
                server.client().get("/api/r/" + "a".repeat(32)),
                server.client().withApiKey("ss_" + "a".repeat(48)).get("/api/scans"),
                server.client()
                        .withHeader("Cookie", "session=YWFhYWFhYWEtYWFhYS1hYWFhLWFhYWEtYWFhYWFhYWFhYWFh")
                        .get("/api/account"),
                server.client()
                        .send(
                                "POST",
                                "/api/scan",
                                "application/json",
                                BodyPublishers.ofString("{\"url\": \"www.example.com\"}")))) {
            answer.assertError(503, "busy");
            assertEquals("10", answer.header("Retry-After"));
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(90))
                .start();
    }

    private static Account account(TestServer server, String email) {
        return server.get(AccountRepository.class)
                .create(Email.parse(email), "hash", Plan.AGENCY)
                .orElseThrow();
    }

    private static int reports(TestServer server, String state) {
        return server.get(JdbcClient.class)
                .sql("SELECT count(*) FROM scan WHERE due_at = :due AND state = :state")
                .param("due", TRIGGER.toEpochMilli())
                .param("state", state)
                .query(Integer.class)
                .single();
    }

    private static int recorded(TestServer server) {
        return server.get(JdbcClient.class)
                .sql(
                        "SELECT count(*) FROM monitor WHERE last_run_at = :due AND last_grade = 'A' AND last_error IS NULL")
                .param("due", TRIGGER.toEpochMilli())
                .query(Integer.class)
                .single();
    }
}
