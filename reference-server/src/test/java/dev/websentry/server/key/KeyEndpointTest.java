package dev.websentry.server.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Answer;
import dev.websentry.server.testing.EndpointTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeyEndpointTest extends EndpointTest {
    private static final String NAMED = "{\"name\": \" My CI Pipeline \"}";

    @Test
    void keyIsReturnedOnceListedAndRevoked() {
        User user = user(Plan.PRO);
        JsonNode created = user.client().post("/api/keys", NAMED).is(200).json();
        assertEquals(List.of("ok", "key", "id", "name"), List.copyOf(created.propertyNames()));
        assertEquals("My CI Pipeline", created.get("name").asString());
        String key = created.get("key").asString();
        assertTrue(key.matches("ss_[0-9a-f]{48}"), key);
        anonymous().withKey(key).get("/api/scans").is(200);

        Answer list = user.client().get("/api/keys").is(200);
        assertFalse(list.body().contains(key), "the list contains the complete key");
        JsonNode listed = list.json().get("keys").get(0);
        assertEquals(created.get("id"), listed.get("id"));
        assertFalse(listed.get("last_used_at").isNull());

        String path = "/api/keys/" + created.get("id").asString();
        user(Plan.PRO).client().delete(path).isError(404, "not_found");
        anonymous().delete(path).isError(401, "unauthorized");
        anonymous().withKey(key).delete(path).isError(401, "unauthorized");
        anonymous().withKey(key).get("/api/scans").is(200);
        user.client().delete(path).is(200);
        user.client().delete(path).isError(404, "not_found");
        anonymous().withKey(key).get("/api/scans").isError(401, "unauthorized");
    }

    @Test
    void keysRequireASessionAndAPaidPlan() {
        anonymous().post("/api/keys", NAMED).isError(401, "unauthorized");
        anonymous().get("/api/keys").isError(401, "unauthorized");
        program(user(Plan.PRO)).post("/api/keys", NAMED).isError(401, "unauthorized");
        user(Plan.FREE).client().post("/api/keys", NAMED).isError(403, "forbidden_plan");
    }

    @Test
    void downgradedAccountCanListAndRevokeItsKeys() {
        User user = user(Plan.AGENCY);
        String id =
                user.client().post("/api/keys", NAMED).is(200).json().get("id").asString();
        server().get(AccountStore.class).setPlan(user.id(), Plan.FREE);
        user.client().post("/api/keys", NAMED).isError(403, "forbidden_plan");
        assertEquals(
                1, user.client().get("/api/keys").is(200).json().get("keys").size());
        user.client().delete("/api/keys/" + id).is(200);
    }

    @Test
    void invalidBodiesAreRejected() {
        User user = user(Plan.PRO);
        for (String bad : List.of("", "{", "[]", "{}", "{\"name\": null}", "{\"name\": \" \"}", "{\"name\": 1}")) {
            user.client().post("/api/keys", bad).isError(400, "invalid_request");
        }
        user.client()
                .post("/api/keys", "{\"name\": \"" + "n".repeat(101) + "\"}")
                .isError(400, "invalid_request");
        user.client()
                .post("/api/keys", "{\"name\": \"" + "n".repeat(70_000) + "\"}")
                .isError(413, "too_large");
        user.client()
                .send("POST", "/api/keys", "text/plain", BodyPublishers.ofString(NAMED))
                .isError(415, "unsupported_media_type");
        user.client().patch("/api/keys").isError(405, "method_not_allowed");
        user.client().get("/api/keys/x").isError(405, "method_not_allowed");
        assertEquals(
                0, user.client().get("/api/keys").is(200).json().get("keys").size());
    }
}
