package dev.websentry.server.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Client;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Authentication with API keys, tested with a public endpoint: status 200 means that the key was accepted. */
class KeyTest extends EndpointTest {
    private static final String OPEN = "/api/auth/logout";

    @Test
    void keyIsAcceptedInEveryHeaderFormat() {
        String key = key(user(Plan.PRO));
        assertTrue(key.matches("ss_[0-9a-f]{48}"), key);
        anonymous().withKey(key).post(OPEN).is(200);
        anonymous().withKey("Bearer " + key).post(OPEN).is(200);
        anonymous().withKey("bearer  " + key).post(OPEN).is(200);
        anonymous().with("X-API-Key", key).post(OPEN).is(200);
    }

    @Test
    void wrongKeyIsUnauthorizedEvenForAPublicEndpoint() {
        User user = user(Plan.PRO);
        String key = key(user);
        String last = key.endsWith("0") ? "1" : "0";
        for (String wrong : List.of(
                key.substring(0, key.length() - 1) + last,
                key + "0",
                "ss_",
                "",
                "Basic YTpi",
                "ss_" + "0".repeat(48))) {
            anonymous().withKey(wrong).post(OPEN).isError(401, "unauthorized");
            anonymous().with("X-API-Key", wrong).post(OPEN).isError(401, "unauthorized");
            // A valid session in the same request makes no difference.
            user.client().withKey(wrong).get("/api/account").isError(401, "unauthorized");
            user.client().with("Authorization", null);
        }
    }

    @Test
    void revokedKeyIsUnauthorized() {
        User user = user(Plan.PRO);
        KeyStore keys = server().get(KeyStore.class);
        NewKey key = keys.create(user.id(), "one");
        Client program = anonymous().withKey(key.secret());
        program.post(OPEN).is(200);
        assertFalse(keys.revoke(user(Plan.PRO).id(), key.key().id()), "another account revoked the key");
        program.post(OPEN).is(200);
        assertTrue(keys.revoke(user.id(), key.key().id()));
        program.post(OPEN).isError(401, "unauthorized");
        assertFalse(keys.revoke(user.id(), key.key().id()));
        assertTrue(keys.of(user.id()).get(0).revokedAt().isPresent());
    }

    @Test
    void keyOfADowngradedAccountIsForbidden() {
        User user = user(Plan.AGENCY);
        Client program = program(user);
        program.post(OPEN).is(200);
        server().get(AccountStore.class).setPlan(user.id(), Plan.FREE);
        program.post(OPEN).isError(403, "forbidden_plan");
    }

    @Test
    void lastUseIsAccurateToAMinute() {
        User user = user(Plan.PRO);
        KeyStore keys = server().get(KeyStore.class);
        String key = keys.create(user.id(), "one").secret();
        assertTrue(keys.of(user.id()).get(0).lastUsedAt().isEmpty());
        anonymous().withKey(key).post(OPEN).is(200);
        Instant first = keys.of(user.id()).get(0).lastUsedAt().orElseThrow();
        anonymous().withKey(key).post(OPEN).is(200);
        assertEquals(first, keys.of(user.id()).get(0).lastUsedAt().orElseThrow());
        clock().advance(Duration.ofMinutes(2));
        anonymous().withKey(key).post(OPEN).is(200);
        assertTrue(keys.of(user.id()).get(0).lastUsedAt().orElseThrow().isAfter(first));
    }

    @Test
    void keyIsNotStoredInTheDatabase() {
        String key = key(user(Plan.PRO));
        String stored = server().get(JdbcClient.class)
                .sql("SELECT sha256 || prefix FROM api_key WHERE sha256 = :digest")
                .param("digest", Tokens.sha256(key))
                .query(String.class)
                .single();
        assertFalse(stored.contains(key));
    }

    @Test
    void requestWithAKeyDoesNotSetASessionCookie() {
        assertEquals(
                null,
                program(user(Plan.PRO))
                        .with("Cookie", "session=abc")
                        .post(OPEN)
                        .is(200)
                        .header("Set-Cookie"));
    }
}
