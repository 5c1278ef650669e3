package dev.websentry.server.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiKeyEndpointTest extends EndpointTest {
    private static final String NAMED = "{\"name\": \" My CI Pipeline \"}";

    @Test
    void keyIsReturnedOnceListedAndRevoked() {
        TestUser user = user(Plan.PRO);
        JsonNode created =
                user.client().post("/api/keys", NAMED).assertStatus(200).json();
        assertEquals(List.of("ok", "key", "id", "name"), List.copyOf(created.propertyNames()));
        assertEquals("My CI Pipeline", created.get("name").asString());
        String key = created.get("key").asString();
        assertTrue(key.matches("ss_[0-9a-f]{48}"), key);
        anonymous().withApiKey(key).get("/api/scans").assertStatus(200);

        TestResponse list = user.client().get("/api/keys").assertStatus(200);
        assertFalse(list.body().contains(key), "the list contains the complete key");
        JsonNode listed = list.json().get("keys").get(0);
        assertEquals(created.get("id"), listed.get("id"));
        assertFalse(listed.get("last_used_at").isNull());

        String path = "/api/keys/" + created.get("id").asString();
        user(Plan.PRO).client().delete(path).assertError(404, "not_found");
        anonymous().delete(path).assertError(401, "unauthorized");
        anonymous().withApiKey(key).delete(path).assertError(401, "unauthorized");
        anonymous().withApiKey(key).get("/api/scans").assertStatus(200);
        user.client().delete(path).assertStatus(200);
        user.client().delete(path).assertError(404, "not_found");
        anonymous().withApiKey(key).get("/api/scans").assertError(401, "unauthorized");
    }

    @Test
    void keysRequireASessionAndAPaidPlan() {
        anonymous().post("/api/keys", NAMED).assertError(401, "unauthorized");
        anonymous().get("/api/keys").assertError(401, "unauthorized");
        apiClient(user(Plan.PRO)).post("/api/keys", NAMED).assertError(401, "unauthorized");
        user(Plan.FREE).client().post("/api/keys", NAMED).assertError(403, "forbidden_plan");
    }

    @Test
    void downgradedAccountCanListAndRevokeItsKeys() {
        TestUser user = user(Plan.AGENCY);
        String id = user.client()
                .post("/api/keys", NAMED)
                .assertStatus(200)
                .json()
                .get("id")
                .asString();
        server().get(AccountRepository.class).setPlan(user.id(), Plan.FREE);
        user.client().post("/api/keys", NAMED).assertError(403, "forbidden_plan");
        assertEquals(
                1,
                user.client()
                        .get("/api/keys")
                        .assertStatus(200)
                        .json()
                        .get("keys")
                        .size());
        user.client().delete("/api/keys/" + id).assertStatus(200);
    }

    @Test
    void invalidBodiesAreRejected() {
        TestUser user = user(Plan.PRO);
        for (String bad : List.of("", "{", "[]", "{}", "{\"name\": null}", "{\"name\": \" \"}", "{\"name\": 1}")) {
            user.client().post("/api/keys", bad).assertError(400, "invalid_request");
        }
        user.client()
                .post("/api/keys", "{\"name\": \"" + "n".repeat(101) + "\"}")
                .assertError(400, "invalid_request");
        user.client()
                .post("/api/keys", "{\"name\": \"" + "n".repeat(70_000) + "\"}")
                .assertError(413, "too_large");
        user.client()
                .send("POST", "/api/keys", "text/plain", BodyPublishers.ofString(NAMED))
                .assertError(415, "unsupported_media_type");
        user.client().patch("/api/keys").assertError(405, "method_not_allowed");
        user.client().get("/api/keys/x").assertError(405, "method_not_allowed");
        assertEquals(
                0,
                user.client()
                        .get("/api/keys")
                        .assertStatus(200)
                        .json()
                        .get("keys")
                        .size());
    }
}
