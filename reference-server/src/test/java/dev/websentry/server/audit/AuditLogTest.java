package dev.websentry.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.audit.AuditEvent;

class AuditLogTest extends EndpointTest {
    private JdbcAuditEventRepository events() {
        return server().get(JdbcAuditEventRepository.class);
    }

    private List<String> types(TestUser user) {
        return events().find(user.id(), null, null).stream()
                .map(AuditEvent::getType)
                .toList();
    }

    @Test
    void everyChangeOfAnAccountIsRecordedWithActorAndAddress() {
        TestUser user = user(Plan.PRO);
        TestClient client = user.client().withHeader("X-Forwarded-For", "198.51.100.77");
        anonymous()
                .post("/api/auth/login", credentials(user.email(), "wrong password"))
                .assertStatus(401);
        clock().advance(Duration.ofSeconds(1));
        client.post("/api/auth/login", credentials(user.email(), PASSWORD)).assertStatus(200);
        clock().advance(Duration.ofSeconds(1));
        String key = client.post("/api/keys", "{\"name\": \"ci\"}")
                .assertStatus(200)
                .json()
                .get("id")
                .asString();
        clock().advance(Duration.ofSeconds(1));
        client.delete("/api/keys/" + key).assertStatus(200);
        clock().advance(Duration.ofSeconds(1));
        client.post("/api/auth/password", change("wrong password")).assertStatus(401);
        clock().advance(Duration.ofSeconds(1));
        client.post("/api/auth/password", change(PASSWORD)).assertStatus(200);
        clock().advance(Duration.ofSeconds(1));
        client.get("/account/export").assertStatus(200);
        clock().advance(Duration.ofSeconds(1));
        client.delete("/api/account").assertStatus(200);

        assertEquals(
                List.of(
                        "ACCOUNT_DELETED",
                        "DATA_EXPORTED",
                        "PASSWORD_CHANGED",
                        "PASSWORD_CONFIRMATION_FAILED",
                        "API_KEY_REVOKED",
                        "API_KEY_CREATED",
                        "AUTHENTICATION_SUCCESS",
                        "AUTHENTICATION_FAILURE",
                        "ACCOUNT_CREATED"),
                types(user));
        List<AuditEvent> found = events().find(user.id(), null, null);
        assertTrue(
                found.subList(0, 7).stream()
                        .allMatch(event -> event.getPrincipal().equals(user.id())
                                && event.getData().get("address").equals("198.51.100.77")),
                found.toString());
        assertEquals(AuditLog.ANONYMOUS, found.get(7).getPrincipal());
        assertTrue(found.get(5).getData().get("details").toString().contains(key), found.toString());
        assertFalse(found.toString().contains(PASSWORD), found.toString());
    }

    private static String change(String password) {
        return "{\"password\": \"" + password + "\", \"newPassword\": \"another long password\"}";
    }

    private List<AuditEvent> eventsWith(String address) {
        return events().find(null, null, null).stream()
                .filter(event -> event.toString().contains(address))
                .toList();
    }

    /** Otherwise anyone could fill the database. */
    @Test
    void requestsWithoutAnAccountAreNotRecorded() {
        TestClient client = anonymous().withHeader("X-Forwarded-For", "198.51.100.78");
        client.get("/api/account").assertStatus(401);
        client.get("/admin").assertStatus(401);
        client.withApiKey("ws_live_unknown").get("/api/keys").assertStatus(401);
        assertEquals(List.of(), eventsWith("198.51.100.78"));
    }

    @Test
    void deniedRequestsOfAnAccountAreRecordedUpToALimit() {
        clock().advanceToNextHour();
        TestUser user = user(Plan.FREE);
        TestClient client = user.client().withHeader("X-Forwarded-For", "198.51.100.79");
        for (int i = 0; i < 25; i++) {
            client.get("/admin?token=not-stored").assertStatus(403);
        }
        List<AuditEvent> denied = events().find(user.id(), null, "AUTHORIZATION_FAILURE");
        assertEquals(20, denied.size());
        assertEquals(
                Map.of("subject", user.id(), "address", "198.51.100.79", "details", "request=GET /admin"),
                denied.get(0).getData());
    }

    @Test
    void foreignTextIsBoundedAndEscaped() {
        String actor = "forged\r\nline \u001b[31m" + System.nanoTime();
        events().add(new AuditEvent(Instant.now(), actor, "TEST_" + vendor, Map.of("a", "x".repeat(5000) + "\n")));
        AuditEvent found = events().find(null, null, "TEST_" + vendor).get(0);
        assertTrue(found.getPrincipal().startsWith("forged??line ?[31m"), found.getPrincipal());
        assertEquals(200, found.getData().get("details").toString().length());
    }

    @Test
    void eventsAreDeletedAfterTheRetentionPeriod() {
        Instant now = Instant.parse("2020-01-01T00:00:00Z");
        events().add(new AuditEvent(now, "old-" + vendor, "OLD_" + vendor, Map.of()));
        events().add(new AuditEvent(now.plusMillis(1), "old-" + vendor, "OLD_" + vendor, Map.of()));
        events().deleteBefore(now.plusMillis(1));
        assertEquals(1, events().find("old-" + vendor, null, null).size());
    }
}
