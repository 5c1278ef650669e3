package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A reason says whether a site that counts as unreachable has refused the scan or was too slow. */
class UnreachableReasonTest {
    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, unreachable,",
        "REFUSED_BY_SITE, unreachable, refused_by_site",
        "TIMED_OUT, unreachable, timed_out",
        "UNRESOLVABLE, unresolvable,"
    })
    void responseAndProgressNameTheReason(ScanFailureReason failure, String code, String reason) {
        SiteScanner scanner = (id, target, progress) -> {
            progress.stageStarted(ScanProgressListener.ScanStage.SITE);
            throw new ScanException(failure, "details");
        };
        try (TestServer server = TestServer.start(DatabaseVendor.SQLITE.freshDatabase(), scanner)) {
            TestClient client = server.client();
            String body = "{\"url\": \"https://example.com\"}";
            assertReason(
                    code,
                    reason,
                    client.post("/api/scan", body).assertStatus(400).json());
            String id = client.post("/api/scans", body)
                    .assertStatus(202)
                    .json()
                    .get("scanId")
                    .asString();
            Await.until("the scan failed", () -> progress(client, id).has("code"));
            assertReason(code, reason, progress(client, id));
        }
    }

    private static JsonNode progress(TestClient client, String id) {
        return client.get("/api/scan/" + id + "/progress")
                .assertStatus(200)
                .json()
                .get("progress");
    }

    private static void assertReason(String code, String reason, JsonNode json) {
        assertEquals(code, json.get("code").asString());
        if (reason == null) {
            assertTrue(json.path("reason").isMissingNode(), json.toString());
        } else {
            assertEquals(reason, json.get("reason").asString());
        }
    }
}
