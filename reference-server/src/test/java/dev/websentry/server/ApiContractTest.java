package dev.websentry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.DocumentedExamples;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestSites;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sends every example request of the API documentation and requires every documented field in the response. */
class ApiContractTest extends EndpointTest {
    /** Key and maximum score of each documented category. */
    private static final Map<String, Integer> MAXIMA =
            Map.of("ssl", 30, "headers", 25, "cookies", 15, "redirects", 10, "dns", 10, "server", 10);

    private static final List<String> NAMES = List.of(
            "SSL / TLS",
            "Security Headers",
            "Cookie Security",
            "Redirects",
            "DNS & Email Auth",
            "Server & Info Leakage");

    @Test
    void scanResponsesAreAsDocumented() {
        TestClient program = apiClient(user(Plan.PRO));
        JsonNode answer = program.post("/api/scan", "{\"url\": \"shop.example.org\"}")
                .assertStatus(200)
                .json();
        assertSame(DocumentedExamples.response("POST /api/scan"), answer, "");
        assertEquals(5, answer.size(), "there must be no other fields");
        assertEquals("shop.example.org", answer.get("url").asString());

        String id = answer.get("scanId").asString();
        JsonNode report =
                program.get("/api/scan/" + id + "/json").assertStatus(200).json();
        assertSame(DocumentedExamples.response("GET /api/scan/:scanId/json"), report, "");
        JsonNode scan = report.get("scan");
        assertEquals(id, scan.get("id").asString());
        assertEquals(
                List.of("id", "url", "grade", "score", "results", "created_at"), List.copyOf(scan.propertyNames()));
        assertTrue(scan.get("created_at").asString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
        JsonNode results = scan.get("results");
        assertTrue(results.get("scannedAt").asString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        for (String same : List.of("url", "grade", "score")) {
            assertEquals(scan.get(same), results.get(same), same);
            assertEquals(answer.get(same), results.get(same), same);
        }
        assertCategories(results.get("categories"));
    }

    private static void assertCategories(JsonNode categories) {
        assertEquals(MAXIMA.keySet(), Set.copyOf(categories.propertyNames()));
        assertEquals(
                NAMES,
                categories
                        .valueStream()
                        .map(category -> category.get("name").asString())
                        .toList());
        JsonNode documented =
                DocumentedExamples.response("GET /api/scan/:scanId/json").at("/scan/results/categories/ssl");
        categories.propertyStream().forEach(category -> {
            assertSame(documented, category.getValue(), category.getKey());
            assertEquals(
                    MAXIMA.get(category.getKey()),
                    category.getValue().get("maxScore").asInt(),
                    category.getKey());
            category.getValue()
                    .get("checks")
                    .forEach(check -> assertTrue(
                            Set.of("pass", "warn", "fail", "info")
                                    .contains(check.get("status").asString()),
                            check.toString()));
        });
    }

    @Test
    void apiKeyResponsesAreAsDocumented() {
        TestUser user = user(Plan.PRO);
        JsonNode created = user.client()
                .post("/api/keys", "{\"name\": \"My CI Pipeline\"}")
                .assertStatus(200)
                .json();
        assertSame(DocumentedExamples.response("POST /api/keys"), created, "");
        assertEquals("My CI Pipeline", created.get("name").asString());
        assertTrue(created.get("key").asString().matches("ss_\\w{32,}"));
        JsonNode revoked = user.client()
                .delete("/api/keys/" + created.get("id").asString())
                .assertStatus(200)
                .json();
        assertEquals(DocumentedExamples.response("DELETE /api/keys/:keyId"), revoked);
    }

    @Test
    void monitorResponsesAreAsDocumented() {
        TestClient client = user(Plan.PRO).client();
        JsonNode created = client.post(
                        "/api/monitors", "{\"url\": \"https://shop.example.org\", \"frequency\": \"weekly\"}")
                .assertStatus(200)
                .json();
        assertSame(DocumentedExamples.response("POST /api/monitors"), created, "");
        JsonNode monitor = created.get("monitor");
        assertEquals("https://shop.example.org", monitor.get("url").asString());
        assertEquals("weekly", monitor.get("frequency").asString());
        assertEquals(1, monitor.get("is_active").asInt());

        JsonNode listed = client.get("/api/monitors").assertStatus(200).json();
        assertSame(DocumentedExamples.response("GET /api/monitors"), listed, "");
        assertEquals(1, listed.get("monitors").size());
        JsonNode only = listed.get("monitors").get(0);
        assertEquals(monitor.get("id"), only.get("id"));
        assertTrue(only.get("created_at").asString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
        client.get("/api/scan/" + only.get("last_scan_id").asString() + "/json").assertStatus(200);

        String path = "/api/monitors/" + monitor.get("id").asString();
        assertEquals(
                DocumentedExamples.response("PATCH /api/monitors/:monitorId/toggle"),
                client.patch(path + "/toggle").assertStatus(200).json());
        assertEquals(
                DocumentedExamples.response("DELETE /api/monitors/:monitorId"),
                client.delete(path).assertStatus(200).json());
    }

    @Test
    void anonymousRateLimitResponseIsAsDocumented() {
        clock().advanceToNextHour();
        TestClient client = anonymous();
        for (int i = 0; i < 3; i++) {
            client.post("/api/scan", "{\"url\": \"" + TestSites.BAD + "\"}").assertStatus(200);
        }
        var refused =
                client.post("/api/scan", "{\"url\": \"" + TestSites.BAD + "\"}").assertError(429, "rate_limited");
        JsonNode documented = DocumentedExamples.response("error");
        assertSame(documented, refused.json(), "");
        assertEquals(documented.get("error"), refused.json().get("error"));
        int wait = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(wait >= 1 && wait <= 24 * 60 * 60, "Retry-After: " + wait);
    }

    @Test
    void plansAllowTheDocumentedNumberOfMonitors() {
        assertEquals(5, Plan.PRO.maxMonitors());
        assertEquals(25, Plan.AGENCY.maxMonitors());
    }

    /** Requires every documented field with a value of the documented type. Additional fields are allowed. */
    private static void assertSame(JsonNode documented, JsonNode answered, String where) {
        assertNotNull(answered, where + " is missing");
        assertEquals(documented.getNodeType(), answered.getNodeType(), where);
        if (documented.isObject()) {
            documented
                    .propertyStream()
                    .forEach(field ->
                            assertSame(field.getValue(), answered.get(field.getKey()), where + "/" + field.getKey()));
        } else if (documented.isArray()) {
            answered.forEach(element -> assertSame(documented.get(0), element, where + "[]"));
        } else if (documented.isNumber()) {
            assertTrue(answered.isIntegralNumber(), where + " is " + answered);
        }
    }
}
