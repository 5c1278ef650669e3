package dev.websentry.server.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Authentication with API keys, tested with a public endpoint: status 200 means that the key was accepted. */
class ApiKeyAuthenticationTest extends EndpointTest {
    private static final String OPEN = "/api/auth/logout";

    @Test
    void keyIsAcceptedInEveryHeaderFormat() {
        String key = newApiKey(user(Plan.PRO));
        assertTrue(key.matches("ss_[0-9a-f]{48}"), key);
        anonymous().withApiKey(key).post(OPEN).assertStatus(200);
        anonymous().withApiKey("Bearer " + key).post(OPEN).assertStatus(200);
        anonymous().withApiKey("bearer  " + key).post(OPEN).assertStatus(200);
        anonymous().withHeader("X-API-Key", key).post(OPEN).assertStatus(200);
    }

    @Test
    void wrongKeyIsUnauthorizedEvenForAPublicEndpoint() {
        TestUser user = user(Plan.PRO);
        String key = newApiKey(user);
        String last = key.endsWith("0") ? "1" : "0";
        for (String wrong : List.of(
                key.substring(0, key.length() - 1) + last,
                key + "0",
                "ss_",
                "",
                "Basic YTpi",
                "ss_" + "0".repeat(48))) {
            anonymous().withApiKey(wrong).post(OPEN).assertError(401, "unauthorized");
            anonymous().withHeader("X-API-Key", wrong).post(OPEN).assertError(401, "unauthorized");
            // A valid session in the same request makes no difference.
            user.client().withApiKey(wrong).get("/api/account").assertError(401, "unauthorized");
            user.client().withHeader("Authorization", null);
        }
    }

    @Test
    void revokedKeyIsUnauthorized() {
        TestUser user = user(Plan.PRO);
        ApiKeyRepository keys = server().get(ApiKeyRepository.class);
        CreatedApiKey key = keys.create(user.id(), "one");
        TestClient program = anonymous().withApiKey(key.secret());
        program.post(OPEN).assertStatus(200);
        assertFalse(keys.revoke(user(Plan.PRO).id(), key.key().id()), "another account revoked the key");
        program.post(OPEN).assertStatus(200);
        assertTrue(keys.revoke(user.id(), key.key().id()));
        program.post(OPEN).assertError(401, "unauthorized");
        assertFalse(keys.revoke(user.id(), key.key().id()));
        assertTrue(keys.findByAccount(user.id()).get(0).revokedAt().isPresent());
    }

    @Test
    void keyOfADowngradedAccountIsForbidden() {
        TestUser user = user(Plan.AGENCY);
        TestClient program = apiClient(user);
        program.post(OPEN).assertStatus(200);
        server().get(AccountRepository.class).setPlan(user.id(), Plan.FREE);
        program.post(OPEN).assertError(403, "forbidden_plan");
    }

    @Test
    void lastUseIsAccurateToAMinute() {
        TestUser user = user(Plan.PRO);
        ApiKeyRepository keys = server().get(ApiKeyRepository.class);
        String key = keys.create(user.id(), "one").secret();
        assertTrue(keys.findByAccount(user.id()).get(0).lastUsedAt().isEmpty());
        anonymous().withApiKey(key).post(OPEN).assertStatus(200);
        Instant first = keys.findByAccount(user.id()).get(0).lastUsedAt().orElseThrow();
        anonymous().withApiKey(key).post(OPEN).assertStatus(200);
        assertEquals(first, keys.findByAccount(user.id()).get(0).lastUsedAt().orElseThrow());
        clock().advance(Duration.ofMinutes(2));
        anonymous().withApiKey(key).post(OPEN).assertStatus(200);
        assertTrue(
                keys.findByAccount(user.id()).get(0).lastUsedAt().orElseThrow().isAfter(first));
    }

    @Test
    void keyIsNotStoredInTheDatabase() {
        String key = newApiKey(user(Plan.PRO));
        String stored = server().get(JdbcClient.class)
                .sql("SELECT sha256 || prefix FROM api_key WHERE sha256 = :digest")
                .param("digest", Sha256.hex(key))
                .query(String.class)
                .single();
        assertFalse(stored.contains(key));
    }

    @Test
    void requestWithAKeyDoesNotSetASessionCookie() {
        assertEquals(
                null,
                apiClient(user(Plan.PRO))
                        .withHeader("Cookie", "session=abc")
                        .post(OPEN)
                        .assertStatus(200)
                        .header("Set-Cookie"));
    }
}
