package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestSites;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Health and metrics on the management port. */
class MetricsTest extends EndpointTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private HttpResponse<String> management(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server().managementPort() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private double metric(String line) throws IOException, InterruptedException {
        String all = management("/actuator/prometheus").body();
        return all.lines()
                .filter(one -> one.startsWith(line + " "))
                .mapToDouble(one -> Double.parseDouble(one.substring(line.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + line + " in\n" + all));
    }

    @Test
    void healthEndpointsReportLivenessAndReadiness() throws Exception {
        for (String path : new String[] {"", "/liveness", "/readiness"}) {
            HttpResponse<String> health = management("/actuator/health" + path);
            assertEquals(200, health.statusCode());
            assertTrue(health.body().contains("\"UP\""), health.body());
        }
    }

    @Test
    void onlyTheManagementPortServesHealthAndMetricsAndNothingElse() throws Exception {
        for (String path : new String[] {"env", "heapdump", "beans", "configprops", "loggers", "shutdown"}) {
            assertEquals(404, management("/actuator/" + path).statusCode(), path);
        }
        anonymous().get("/actuator/health").assertStatus(404);
        anonymous().get("/actuator/prometheus").assertStatus(404);
    }

    @Test
    void scansAreCountedByOutcome() throws Exception {
        TestClient client = user(Plan.PRO).client();
        String done = "websentry_scans_ended_total{origin=\"caller\",outcome=\"done\"}";
        String blocked = "websentry_scans_ended_total{origin=\"caller\",outcome=\"blocked_address\"}";
        double doneBefore = metric(done);
        double blockedBefore = metric(blocked);
        double tookBefore = metric("websentry_scan_duration_seconds_count");
        client.post("/api/scan", "{\"url\": \"" + TestSites.GOOD + "\"}").assertStatus(200);
        client.post("/api/scan", "{\"url\": \"http://10.0.0.1/\"}").assertError(400, "blocked_address");
        assertEquals(doneBefore + 1, metric(done));
        assertEquals(blockedBefore + 1, metric(blocked));
        assertEquals(tookBefore + 1, metric("websentry_scan_duration_seconds_count"));
        assertEquals(0, metric("websentry_scans_running"));
        assertEquals(0, metric("websentry_scans_waiting"));
        assertTrue(metric("websentry_scans_ended_total{origin=\"monitor\",outcome=\"done\"}") >= 0);
    }

    @Test
    void exceededLimitIsCounted() throws Exception {
        clock().advanceToNextHour();
        TestClient client = anonymous();
        for (int i = 0; i < 10; i++) {
            String email = "limit-" + System.nanoTime() + "-" + i + "@example.com";
            client.post("/api/auth/signup", credentials(email, PASSWORD)).assertStatus(200);
        }
        client.post("/api/auth/signup", credentials("one-too-many@example.com", PASSWORD))
                .assertError(429, "rate_limited");
        assertTrue(metric("websentry_limits_hit_total{limit=\"signup-address\"}") >= 1);
    }

    @Test
    void metricsCoverJvmDatabaseAndRequests() throws Exception {
        anonymous().get("/api/account").assertStatus(401);
        String all = management("/actuator/prometheus").body();
        for (String name : new String[] {
            "jvm_memory_used_bytes",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "hikaricp_connections_active",
            "http_server_requests_seconds_count{"
        }) {
            assertTrue(all.contains(name), name);
        }
    }
}
