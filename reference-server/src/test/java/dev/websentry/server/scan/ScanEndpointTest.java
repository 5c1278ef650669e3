package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.key.CreatedApiKey;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestSites;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Tests the scan endpoints over HTTP with real sites on loopback. */
class ScanEndpointTest extends EndpointTest {
    private static String body(String url) {
        return "{\"url\": \"" + url + "\"}";
    }

    private static String scan(TestClient client) {
        return client.post("/api/scan", body(TestSites.BAD))
                .assertStatus(200)
                .json()
                .get("scanId")
                .asString();
    }

    @Test
    void aScanHasTheDocumentedResponseAndOnlyItsOwnerCanReadIt() {
        TestUser owner = user(Plan.PRO);
        TestClient program = apiClient(owner);
        TestResponse answer =
                program.post("/api/scan", body("  " + TestSites.GOOD + " ")).assertStatus(200);
        JsonNode json = answer.json();
        assertEquals(List.of("ok", "scanId", "url", "grade", "score"), List.copyOf(json.propertyNames()));
        assertEquals(TestSites.GOOD, json.get("url").asString());
        assertEquals("A+", json.get("grade").asString(), answer.body());
        String path = "/api/scan/" + json.get("scanId").asString() + "/json";

        JsonNode report = program.get(path).assertStatus(200).json();
        assertEquals(
                report,
                owner.client().get(path).assertStatus(200).json(),
                "a session and an API key return the same report");
        assertEquals(json.get("score"), report.at("/scan/score"));
        user(Plan.PRO).client().get(path).assertError(404, "not_found");
        apiClient(user(Plan.AGENCY)).get(path).assertError(404, "not_found");
        anonymous().get(path).assertError(401, "unauthorized");
        anonymous().withApiKey("ss_" + "0".repeat(48)).get(path).assertError(401, "unauthorized");
    }

    @Test
    void resultsAreTheUnchangedJsonOfTheEngine() {
        TestUser owner = user(Plan.PRO);
        String id = scan(owner.client());
        byte[] compressed = server().get(JdbcClient.class)
                .sql("SELECT results FROM scan WHERE id = :id")
                .param("id", id)
                .query(byte[].class)
                .single();
        String stored = new String(Gzip.decompress(compressed), StandardCharsets.UTF_8);
        String body = owner.client()
                .get("/api/scan/" + id + "/json")
                .assertStatus(200)
                .body();
        assertTrue(body.contains("\"results\":" + stored + ",\"created_at\""), body);
    }

    @Test
    void anAnonymousScanCanBeReadByIdForOneDay() {
        String path = "/api/scan/" + scan(anonymous()) + "/json";
        anonymous().get(path).assertStatus(200);
        apiClient(user(Plan.PRO)).get(path).assertStatus(200);
        clock().advance(Duration.ofHours(24).plusSeconds(1));
        anonymous().get(path).assertError(404, "not_found");
        int before = count();
        server().get(ScanHousekeeping.class).cleanUp();
        assertTrue(count() < before, "the expired scan was not deleted");
    }

    private int count() {
        return server().get(JdbcClient.class)
                .sql("SELECT count(*) FROM scan")
                .query(Integer.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com",
                "javascript:alert(1)",
                "https://user:secret@example.com/",
                "exa mple.com",
                "https://",
                "",
                "   "
            })
    void anInvalidUrlIsRejectedAndNotCounted(String url) {
        TestClient client = anonymous();
        for (int i = 0; i < 4; i++) {
            TestResponse refused = client.post("/api/scan", body(url)).assertError(400, "invalid_url");
            assertFalse(refused.body().contains("secret"), refused.body());
        }
        client.post("/api/scan", body(TestSites.BAD)).assertStatus(200);
    }

    @Test
    void invalidRequestBodiesAreRejectedAndNotCounted() {
        TestClient client = anonymous();
        client.post("/api/scan", "{").assertError(400, "invalid_request");
        client.post("/api/scan", "[]").assertError(400, "invalid_request");
        client.post("/api/scan", "{\"url\": 7}").assertError(400, "invalid_request");
        client.post("/api/scan", "{}").assertError(400, "invalid_url");
        client.post("/api/scan", "{\"url\": null}").assertError(400, "invalid_url");
        client.post("/api/scan").assertError(400, "invalid_request");
        client.post("/api/scan", body("e".repeat(2048) + ".com")).assertError(400, "invalid_url");
        client.post("/api/scan", body("e".repeat(70_000))).assertError(413, "too_large");
        client.send("POST", "/api/scan", "text/plain", BodyPublishers.ofString(body(TestSites.BAD)))
                .assertError(415, "unsupported_media_type");
        client.get("/api/scan").assertError(405, "method_not_allowed");
        client.delete("/api/scan/x/json").assertError(405, "method_not_allowed");
        client.get("/api/scan/x/json").assertError(404, "not_found");
        client.post("/api/scan", body(TestSites.BAD)).assertStatus(200);
    }

    @Test
    void anUnresolvableHostIsNotCountedAndAnUnreachableHostIs() {
        clock().advanceToNextHour();
        TestClient client = anonymous();
        for (int i = 0; i < 4; i++) {
            client.post("/api/scan", body("nothing.example.com")).assertError(400, "unresolvable");
        }
        for (int i = 0; i < 3; i++) {
            client.post("/api/scan", body("http://127.0.0.1:1/")).assertError(400, "unreachable");
        }
        client.post("/api/scan", body("http://127.0.0.1:1/")).assertError(429, "rate_limited");
    }

    @Test
    void revokedKeysAndKeysWithoutAPlanAreRejected() {
        TestUser user = user(Plan.PRO);
        ApiKeyRepository keys = server().get(ApiKeyRepository.class);
        CreatedApiKey key = keys.create(user.id(), "one");
        TestClient program = anonymous().withApiKey(key.secret());
        String id = scan(program);
        keys.revoke(user.id(), key.key().id());
        program.post("/api/scan", body(TestSites.BAD)).assertError(401, "unauthorized");
        program.get("/api/scan/" + id + "/json").assertError(401, "unauthorized");
        TestClient other = apiClient(user);
        server().get(AccountRepository.class).setPlan(user.id(), Plan.FREE);
        other.post("/api/scan", body(TestSites.BAD)).assertError(403, "forbidden_plan");
        other.get("/api/scan/" + id + "/json").assertError(403, "forbidden_plan");
        user.client().get("/api/scan/" + id + "/json").assertStatus(200);
    }

    @Test
    void scansAreListedInPagesNewestFirst() {
        TestUser user = user(Plan.PRO);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(0, scan(user.client()));
            clock().advance(Duration.ofSeconds(1));
        }
        JsonNode first =
                apiClient(user).get("/api/scans?limit=2").assertStatus(200).json();
        assertEquals(ids.subList(0, 2), idsOf(first));
        JsonNode second = user.client()
                .get("/api/scans?limit=2&after=" + first.get("next").asString())
                .assertStatus(200)
                .json();
        assertEquals(ids.subList(2, 3), idsOf(second));
        assertTrue(second.get("next").isNull());
        assertEquals(
                3,
                idsOf(user.client().get("/api/scans?site=" + TestSites.BAD).json())
                        .size());
        assertEquals(
                0,
                idsOf(user.client().get("/api/scans?site=other.example").json()).size());
        assertEquals(0, idsOf(user(Plan.PRO).client().get("/api/scans").json()).size());
        anonymous().get("/api/scans").assertError(401, "unauthorized");
        for (String wrong : List.of("limit=0", "limit=101", "limit=x", "after=x", "after=1-")) {
            user.client().get("/api/scans?" + wrong).assertError(400, "invalid_request");
        }
    }

    private static List<String> idsOf(JsonNode page) {
        return page.get("scans")
                .valueStream()
                .map(scan -> scan.get("id").asString())
                .toList();
    }

    @Test
    void aBackgroundScanReportsItsProgress() {
        TestUser user = user(Plan.PRO);
        TestResponse started =
                user.client().post("/api/scans", body(TestSites.BAD)).assertStatus(202);
        String path = "/api/scan/" + started.json().get("scanId").asString();
        JsonNode progress = progress(user.client(), path);
        while (List.of("waiting", "running").contains(progress.get("state").asString())) {
            progress = progress(user.client(), path);
        }
        assertEquals("done", progress.get("state").asString(), progress.toString());
        assertEquals("F", progress.get("grade").asString());
        user.client().get(path + "/json").assertStatus(200);
        anonymous().get(path + "/progress").assertError(401, "unauthorized");
        user(Plan.PRO).client().get(path + "/progress").assertError(404, "not_found");
    }

    private static JsonNode progress(TestClient client, String path) {
        return client.get(path + "/progress").assertStatus(200).json().get("progress");
    }

    @Test
    void aShareLinkMakesOneReportPublicUntilItIsRevoked() {
        TestUser owner = user(Plan.FREE);
        String id = scan(owner.client());
        String share = "/api/scan/" + id + "/share";
        anonymous().post(share).assertError(401, "unauthorized");
        user(Plan.PRO).client().post(share).assertError(404, "not_found");
        String token =
                owner.client().post(share).assertStatus(200).json().get("token").asString();
        assertTrue(token.matches("[0-9a-f]{32}"), token);
        assertNotEquals(id, token);
        assertEquals(
                token,
                owner.client().post(share).assertStatus(200).json().get("token").asString());

        assertEquals(
                owner.client().get("/api/scan/" + id + "/json").body(),
                anonymous().get("/api/r/" + token).assertStatus(200).body());
        TestResponse badge = anonymous().get("/r/" + token + "/badge.svg").assertStatus(200);
        assertEquals("image/svg+xml", badge.header("Content-Type"));
        assertEquals("cross-origin", badge.header("Cross-Origin-Resource-Policy"));
        assertEquals("no-cache", badge.header("Cache-Control"));
        assertTrue(badge.body().contains("WebSentry: F"), badge.body());
        anonymous().get("/api/scan/" + id + "/json").assertError(401, "unauthorized");

        anonymous().delete(share).assertError(401, "unauthorized");
        user(Plan.PRO).client().delete(share).assertError(404, "not_found");
        owner.client().delete(share).assertStatus(200);
        owner.client().delete(share).assertError(404, "not_found");
        anonymous().get("/api/r/" + token).assertError(404, "not_found");
        anonymous().get("/r/" + token + "/badge.svg").assertStatus(404);
        assertNotEquals(
                token,
                owner.client().post(share).assertStatus(200).json().get("token").asString());
    }

    @Test
    void deletingAnAccountDeletesItsScansAndShareLinks() {
        TestUser owner = user(Plan.FREE);
        String id = scan(owner.client());
        String token = owner.client()
                .post("/api/scan/" + id + "/share")
                .assertStatus(200)
                .json()
                .get("token")
                .asString();
        owner.client().delete("/api/account").assertStatus(200);
        anonymous().get("/api/r/" + token).assertError(404, "not_found");
        anonymous().get("/api/scan/" + id + "/json").assertError(404, "not_found");
    }

    /** The scan is deleted after it was found and before it is shared. */
    @Test
    void aScanThatWasDeletedMeanwhileIsNotShared() {
        ShareService shares = server().get(ShareService.class);
        assertEquals(
                404,
                assertThrows(ApiException.class, () -> shares.insertShare("gone"))
                        .status());
    }
}
