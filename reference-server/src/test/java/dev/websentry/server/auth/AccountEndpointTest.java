package dev.websentry.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.ClientAddress;
import dev.websentry.server.account.Plan;
import dev.websentry.server.quota.ScanQuotaService;
import dev.websentry.server.testing.EndpointTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class AccountEndpointTest extends EndpointTest {
    @Test
    void responseContainsTheRemainingLimits() {
        clock().set(Instant.parse("2026-02-14T12:00:00Z"));
        TestUser user = user(Plan.FREE);
        Caller caller = new Caller.SessionCaller(account(user.email()), new ClientAddress("198.51.100.1"));
        server().get(ScanQuotaService.class).consume(caller);
        JsonNode account =
                user.client().get("/api/account").assertStatus(200).json().get("account");
        assertEquals(user.email(), account.get("email").asString());
        assertEquals("free", account.get("plan").asString());
        assertEquals("2026-02-14T12:00:00", account.get("created_at").asString().substring(0, 17) + "00");
        assertEquals(
                "{\"limit\":3,\"used\":1,\"left\":2,\"resets_at\":\"2026-03-01T00:00:00\"}",
                account.at("/limits/scans").toString());
        assertEquals(
                "{\"limit\":0,\"used\":0,\"left\":0,\"resets_at\":null}",
                account.at("/limits/monitors").toString());
    }

    @Test
    void proAccountHasUnlimitedScans() {
        JsonNode limits = user(Plan.PRO)
                .client()
                .get("/api/account")
                .assertStatus(200)
                .json()
                .at("/account/limits");
        assertTrue(limits.at("/scans/limit").isNull());
        assertEquals(5, limits.at("/monitors/left").asInt());
    }

    @Test
    void accountRequiresASession() {
        anonymous().get("/api/account").assertError(401, "unauthorized");
        apiClient(user(Plan.PRO)).get("/api/account").assertError(401, "unauthorized");
    }

    @Test
    void deletingAnAccountDeletesAllItsData() {
        TestUser user = user(Plan.PRO);
        TestUser other = user(Plan.PRO);
        newApiKey(user);
        String kept = newApiKey(other);
        JdbcClient db = server().get(JdbcClient.class);
        fill(db, user);
        fill(db, other);

        user.client().delete("/api/account").assertStatus(200);

        user.client().get("/api/account").assertError(401, "unauthorized");
        anonymous().post("/api/auth/login", credentials(user.email(), PASSWORD)).assertError(401, "unauthorized");
        for (String table : new String[] {"api_key", "scan", "monitor", "webhook"}) {
            assertEquals(0, rows(db, table, user), table);
            assertEquals(1, rows(db, table, other), table);
        }
        assertEquals(0, count(db, "SELECT count(*) FROM share WHERE scan_id = :id", "scan-" + user.id()));
        assertEquals(1, count(db, "SELECT count(*) FROM share WHERE scan_id = :id", "scan-" + other.id()));
        assertEquals(0, count(db, "SELECT count(*) FROM spring_session WHERE principal_name = :id", user.id()));
        other.client().get("/api/account").assertStatus(200);
        anonymous().withApiKey(kept).post("/api/auth/logout").assertStatus(200);
    }

    private static void fill(JdbcClient db, TestUser user) {
        db.sql("INSERT INTO scan (id, account_id, url, site, state, created_at)"
                        + " VALUES (:scan, :id, 'u', 's', 'done', 1)")
                .param("scan", "scan-" + user.id())
                .param("id", user.id())
                .update();
        db.sql("INSERT INTO share (token, scan_id, created_at) VALUES (:id, :scan, 1)")
                .param("scan", "scan-" + user.id())
                .param("id", user.id())
                .update();
        db.sql("INSERT INTO monitor (id, account_id, url, frequency, created_at) VALUES (:id, :id, 'u', 'daily', 1)")
                .param("id", user.id())
                .update();
        db.sql("INSERT INTO webhook (id, account_id, url, secret, created_at) VALUES (:id, :id, 'u', 's', 1)")
                .param("id", user.id())
                .update();
    }

    private static long rows(JdbcClient db, String table, TestUser user) {
        return count(db, "SELECT count(*) FROM " + table + " WHERE account_id = :id", user.id());
    }

    private static long count(JdbcClient db, String sql, String id) {
        return db.sql(sql).param("id", id).query(Long.class).single();
    }
}
