package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.account.Plan;
import dev.websentry.server.monitor.ScriptedScanner;
import dev.websentry.server.quota.RefusedScanLimiter;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refused scans must not be a way to look up the names of a private network. */
class RefusedScanTest extends EndpointTest {
    private static final String INTERNAL = "10.11.12.13";

    @Test
    void internalAddressIsInTheLogButNotInTheResponse(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("server.log");
        List<String> settings = Stream.concat(
                        vendor.freshDatabase().stream(),
                        Stream.of(
                                "--websentry.scan.resolve=intranet.example.com:443:" + INTERNAL
                                        + ",intranet.example.com:80:" + INTERNAL,
                                "--logging.file.name=" + log))
                .toList();
        try (TestServer server = TestServer.start(settings)) {
            TestClient client = server.client();
            TestResponse refused = scan(client, "intranet.example.com");
            refused.assertError(400, "blocked_address");
            assertFalse(refused.body().contains(INTERNAL), refused.body());
            assertTrue(refused.body().contains("websentry.scan.allow"), refused.body());
            String id = client.post("/api/scans", "{\"url\": \"intranet.example.com\"}")
                    .assertStatus(202)
                    .json()
                    .get("scanId")
                    .asString();
            Await.until("the scan has failed", () -> progress(client, id).contains("blocked_address"));
            assertFalse(progress(client, id).contains(INTERNAL), progress(client, id));
        }
        assertTrue(ServerLog.text(log).contains("blocked the address " + INTERNAL));
    }

    private static String progress(TestClient client, String id) {
        return client.get("/api/scan/" + id + "/progress").body();
    }

    @Test
    void refusalsAreLimited() {
        clock().advanceToNextHour();
        TestClient client = user(Plan.PRO).client();
        for (int i = 0; i < RefusedScanLimiter.MAX_PER_HOUR; i++) {
            scan(client, "http://" + INTERNAL + "/").assertError(400, "blocked_address");
        }
        TestResponse limited = scan(client, "http://" + INTERNAL + "/");
        limited.assertError(429, "rate_limited");
        assertTrue(Long.parseLong(limited.header("Retry-After")) <= 3600, limited.header("Retry-After"));
        int before = client.get("/api/monitors").json().get("monitors").size();
        client.post("/api/monitors", "{\"url\": \"https://" + INTERNAL + "/\", \"frequency\": \"daily\"}")
                .assertError(429, "rate_limited");
        assertEquals(before, client.get("/api/monitors").json().get("monitors").size());
    }

    @Test
    void limitThatRunningScansMayReturnIsRetriedSoon() {
        ScriptedScanner scanner = new ScriptedScanner();
        CountDownLatch gate = new CountDownLatch(1);
        scanner.setGrade("www.example.com", Grade.A);
        scanner.blockScans("www.example.com", gate);
        try (TestServer server = TestServer.start(vendor.freshDatabase(), scanner)) {
            server.clock().advanceToNextHour();
            TestClient client = server.client();
            for (int i = 0; i < 3; i++) {
                client.post("/api/scans", "{\"url\": \"www.example.com\"}").assertStatus(202);
            }
            TestResponse limited = scan(client, "www.example.com");
            limited.assertError(429, "rate_limited");
            assertEquals("10", limited.header("Retry-After"));
            gate.countDown();
            ScanExecutor executor = server.get(ScanExecutor.class);
            Await.until("the scans have ended", () -> executor.queue().runningCount() == 0);
            String later = scan(client, "www.example.com").assertStatus(429).header("Retry-After");
            assertEquals(secondsToMidnight(server), Long.parseLong(later), 60);
        }
    }

    private static long secondsToMidnight(TestServer server) {
        return 86_400 - server.clock().instant().getEpochSecond() % 86_400;
    }

    private static TestResponse scan(TestClient client, String url) {
        return client.post("/api/scan", "{\"url\": \"" + url + "\"}");
    }
}
