package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Plan;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.key.KeyStore;
import dev.websentry.server.key.NewKey;
import dev.websentry.server.testing.Answer;
import dev.websentry.server.testing.Client;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.Sites;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Tests the scan endpoints over HTTP with real sites on loopback. */
class ScanTest extends EndpointTest {
    private static String body(String url) {
        return "{\"url\": \"" + url + "\"}";
    }

    private static String scan(Client client) {
        return client.post("/api/scan", body(Sites.BAD))
                .is(200)
                .json()
                .get("scanId")
                .asString();
    }

    @Test
    void aScanHasTheDocumentedResponseAndOnlyItsOwnerCanReadIt() {
        User owner = user(Plan.PRO);
        Client program = program(owner);
        Answer answer = program.post("/api/scan", body("  " + Sites.GOOD + " ")).is(200);
        JsonNode json = answer.json();
        assertEquals(List.of("ok", "scanId", "url", "grade", "score"), List.copyOf(json.propertyNames()));
        assertEquals(Sites.GOOD, json.get("url").asString());
        assertEquals("A+", json.get("grade").asString(), answer.body());
        String path = "/api/scan/" + json.get("scanId").asString() + "/json";

        JsonNode report = program.get(path).is(200).json();
        assertEquals(
                report, owner.client().get(path).is(200).json(), "a session and an API key return the same report");
        assertEquals(json.get("score"), report.at("/scan/score"));
        user(Plan.PRO).client().get(path).isError(404, "not_found");
        program(user(Plan.AGENCY)).get(path).isError(404, "not_found");
        anonymous().get(path).isError(401, "unauthorized");
        anonymous().withKey("ss_" + "0".repeat(48)).get(path).isError(401, "unauthorized");
    }

    @Test
    void resultsAreTheUnchangedJsonOfTheEngine() {
        User owner = user(Plan.PRO);
        String id = scan(owner.client());
        String stored = server().get(JdbcClient.class)
                .sql("SELECT results FROM scan WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
        String body = owner.client().get("/api/scan/" + id + "/json").is(200).body();
        assertTrue(body.contains("\"results\":" + stored + ",\"created_at\""), body);
    }

    @Test
    void anAnonymousScanCanBeReadByIdForOneDay() {
        String path = "/api/scan/" + scan(anonymous()) + "/json";
        anonymous().get(path).is(200);
        program(user(Plan.PRO)).get(path).is(200);
        clock().advance(Duration.ofHours(24).plusSeconds(1));
        anonymous().get(path).isError(404, "not_found");
        int before = count();
        server().get(ScanHousekeeping.class).tidy();
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
        Client client = anonymous();
        for (int i = 0; i < 4; i++) {
            Answer refused = client.post("/api/scan", body(url)).isError(400, "invalid_url");
            assertFalse(refused.body().contains("secret"), refused.body());
        }
        client.post("/api/scan", body(Sites.BAD)).is(200);
    }

    @Test
    void invalidRequestBodiesAreRejectedAndNotCounted() {
        Client client = anonymous();
        client.post("/api/scan", "{").isError(400, "invalid_request");
        client.post("/api/scan", "[]").isError(400, "invalid_request");
        client.post("/api/scan", "{\"url\": 7}").isError(400, "invalid_request");
        client.post("/api/scan", "{}").isError(400, "invalid_url");
        client.post("/api/scan", "{\"url\": null}").isError(400, "invalid_url");
        client.post("/api/scan").isError(400, "invalid_request");
        client.post("/api/scan", body("e".repeat(2048) + ".com")).isError(400, "invalid_url");
        client.post("/api/scan", body("e".repeat(70_000))).isError(413, "too_large");
        client.send("POST", "/api/scan", "text/plain", BodyPublishers.ofString(body(Sites.BAD)))
                .isError(415, "unsupported_media_type");
        client.get("/api/scan").isError(405, "method_not_allowed");
        client.delete("/api/scan/x/json").isError(405, "method_not_allowed");
        client.get("/api/scan/x/json").isError(404, "not_found");
        client.post("/api/scan", body(Sites.BAD)).is(200);
    }

    @Test
    void anUnresolvableHostIsNotCountedAndAnUnreachableHostIs() {
        Client client = anonymous();
        for (int i = 0; i < 4; i++) {
            client.post("/api/scan", body("nothing.example.com")).isError(400, "unresolvable");
        }
        for (int i = 0; i < 3; i++) {
            client.post("/api/scan", body("http://127.0.0.1:1/")).isError(400, "unreachable");
        }
        client.post("/api/scan", body("http://127.0.0.1:1/")).isError(429, "rate_limited");
    }

    @Test
    void revokedKeysAndKeysWithoutAPlanAreRejected() {
        User user = user(Plan.PRO);
        KeyStore keys = server().get(KeyStore.class);
        NewKey key = keys.create(user.id(), "one");
        Client program = anonymous().withKey(key.secret());
        String id = scan(program);
        keys.revoke(user.id(), key.key().id());
        program.post("/api/scan", body(Sites.BAD)).isError(401, "unauthorized");
        program.get("/api/scan/" + id + "/json").isError(401, "unauthorized");
        Client other = program(user);
        server().get(AccountStore.class).setPlan(user.id(), Plan.FREE);
        other.post("/api/scan", body(Sites.BAD)).isError(403, "forbidden_plan");
        other.get("/api/scan/" + id + "/json").isError(403, "forbidden_plan");
        user.client().get("/api/scan/" + id + "/json").is(200);
    }

    @Test
    void scansAreListedInPagesNewestFirst() {
        User user = user(Plan.PRO);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(0, scan(user.client()));
            clock().advance(Duration.ofSeconds(1));
        }
        JsonNode first = program(user).get("/api/scans?limit=2").is(200).json();
        assertEquals(ids.subList(0, 2), idsOf(first));
        JsonNode second = user.client()
                .get("/api/scans?limit=2&after=" + first.get("next").asString())
                .is(200)
                .json();
        assertEquals(ids.subList(2, 3), idsOf(second));
        assertTrue(second.get("next").isNull());
        assertEquals(
                3,
                idsOf(user.client().get("/api/scans?site=" + Sites.BAD).json()).size());
        assertEquals(
                0,
                idsOf(user.client().get("/api/scans?site=other.example").json()).size());
        assertEquals(0, idsOf(user(Plan.PRO).client().get("/api/scans").json()).size());
        anonymous().get("/api/scans").isError(401, "unauthorized");
        for (String wrong : List.of("limit=0", "limit=101", "limit=x", "after=x", "after=1-")) {
            user.client().get("/api/scans?" + wrong).isError(400, "invalid_request");
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
        User user = user(Plan.PRO);
        Answer started = user.client().post("/api/scans", body(Sites.BAD)).is(202);
        String path = "/api/scan/" + started.json().get("scanId").asString();
        JsonNode progress = progress(user.client(), path);
        while (List.of("waiting", "running").contains(progress.get("state").asString())) {
            progress = progress(user.client(), path);
        }
        assertEquals("done", progress.get("state").asString(), progress.toString());
        assertEquals("F", progress.get("grade").asString());
        user.client().get(path + "/json").is(200);
        anonymous().get(path + "/progress").isError(401, "unauthorized");
        user(Plan.PRO).client().get(path + "/progress").isError(404, "not_found");
    }

    private static JsonNode progress(Client client, String path) {
        return client.get(path + "/progress").is(200).json().get("progress");
    }

    @Test
    void aShareLinkMakesOneReportPublicUntilItIsRevoked() {
        User owner = user(Plan.FREE);
        String id = scan(owner.client());
        String share = "/api/scan/" + id + "/share";
        anonymous().post(share).isError(401, "unauthorized");
        user(Plan.PRO).client().post(share).isError(404, "not_found");
        String token = owner.client().post(share).is(200).json().get("token").asString();
        assertTrue(token.matches("[0-9a-f]{32}"), token);
        assertNotEquals(id, token);
        assertEquals(
                token, owner.client().post(share).is(200).json().get("token").asString());

        assertEquals(
                owner.client().get("/api/scan/" + id + "/json").body(),
                anonymous().get("/api/r/" + token).is(200).body());
        Answer badge = anonymous().get("/r/" + token + "/badge.svg").is(200);
        assertEquals("image/svg+xml", badge.header("Content-Type"));
        assertEquals("cross-origin", badge.header("Cross-Origin-Resource-Policy"));
        assertEquals("no-cache", badge.header("Cache-Control"));
        assertTrue(badge.body().contains("WebSentry: F"), badge.body());
        anonymous().get("/api/scan/" + id + "/json").isError(401, "unauthorized");

        anonymous().delete(share).isError(401, "unauthorized");
        user(Plan.PRO).client().delete(share).isError(404, "not_found");
        owner.client().delete(share).is(200);
        owner.client().delete(share).isError(404, "not_found");
        anonymous().get("/api/r/" + token).isError(404, "not_found");
        anonymous().get("/r/" + token + "/badge.svg").is(404);
        assertNotEquals(
                token, owner.client().post(share).is(200).json().get("token").asString());
    }

    @Test
    void deletingAnAccountDeletesItsScansAndShareLinks() {
        User owner = user(Plan.FREE);
        String id = scan(owner.client());
        String token = owner.client()
                .post("/api/scan/" + id + "/share")
                .is(200)
                .json()
                .get("token")
                .asString();
        owner.client().delete("/api/account").is(200);
        anonymous().get("/api/r/" + token).isError(404, "not_found");
        anonymous().get("/api/scan/" + id + "/json").isError(404, "not_found");
    }

    /** The scan is deleted after it was found and before it is shared. */
    @Test
    void aScanThatWasDeletedMeanwhileIsNotShared() {
        Shares shares = server().get(Shares.class);
        assertEquals(
                404,
                assertThrows(ApiException.class, () -> shares.share("gone")).status());
    }
}
