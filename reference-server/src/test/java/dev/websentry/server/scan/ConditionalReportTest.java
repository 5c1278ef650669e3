package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestSites;
import org.junit.jupiter.api.Test;

/** Reports never change, so that a client with the entity tag needs no second copy. */
class ConditionalReportTest extends EndpointTest {
    @Test
    void unchangedReportIsNotSentAgain() {
        TestUser owner = user(Plan.PRO);
        TestClient client = apiClient(owner);
        String path = scan(client);
        TestResponse full = client.get(path).assertStatus(200);
        String tag = full.header("ETag");
        assertTrue(tag.startsWith("W/\""), tag);
        assertEquals("no-cache, private", full.header("Cache-Control"));
        TestResponse unchanged =
                client.withHeader("If-None-Match", tag).get(path).assertStatus(304);
        assertEquals("", unchanged.body());
        assertEquals(tag, unchanged.header("ETag"));
        TestResponse other =
                client.withHeader("If-None-Match", "W/\"other\"").get(path).assertStatus(200);
        assertEquals(full.body(), other.body());
    }

    @Test
    void tagGivesNoAccessToTheReportsOfOthers() {
        TestClient client = apiClient(user(Plan.PRO));
        String path = scan(client);
        String tag = client.get(path).header("ETag");
        apiClient(user(Plan.PRO)).withHeader("If-None-Match", tag).get(path).assertError(404, "not_found");
        anonymous().withHeader("If-None-Match", tag).get(path).assertError(401, "unauthorized");
        TestResponse missing = apiClient(user(Plan.PRO))
                .withHeader("If-None-Match", "*")
                .get("/api/scan/00000000000000000000000000000000/json")
                .assertError(404, "not_found");
        assertNull(missing.header("ETag"));
    }

    private static String scan(TestClient client) {
        String id = client.post("/api/scan", "{\"url\": \"" + TestSites.BAD + "\"}")
                .assertStatus(200)
                .json()
                .get("scanId")
                .asString();
        return "/api/scan/" + id + "/json";
    }
}
