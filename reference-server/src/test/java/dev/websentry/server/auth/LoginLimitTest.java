package dev.websentry.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks on passwords, and what they must not do to the owner of the account. */
class LoginLimitTest extends EndpointTest {
    private static final String OTHER = "another long password";

    private static TestResponse logIn(TestClient client, String email, String password) {
        return client.post("/api/auth/login", credentials(email, password));
    }

    private static TestResponse change(TestClient client, String password) {
        return client.post(
                "/api/auth/password", "{\"password\": \"" + password + "\", \"newPassword\": \"" + OTHER + "\"}");
    }

    /** Limits count per quarter of an hour, which could end during a test. */
    @BeforeEach
    void moveClockToTheStartOfAnHour() {
        clock().advanceToNextHour();
    }

    @Test
    void addressHasTenAttemptsAtAnAccountInFifteenMinutes() {
        TestUser user = user(Plan.FREE);
        TestClient client = anonymous();
        for (String email : List.of(user.email(), "unknown-" + user.email())) {
            for (int i = 0; i < LoginRateLimiter.MAX_ATTEMPTS_PER_ADDRESS_AND_ACCOUNT; i++) {
                logIn(client, email, OTHER).assertError(401, "unauthorized");
            }
            TestResponse refused = logIn(client, email, PASSWORD);
            refused.assertError(429, "rate_limited");
            int wait = Integer.parseInt(refused.header("Retry-After"));
            assertTrue(wait > 0 && wait <= 900, refused.header("Retry-After"));
        }
        clock().advance(Duration.ofMinutes(15));
        logIn(client, user.email(), PASSWORD).assertStatus(200);
    }

    @Test
    void wrongPasswordsFromElsewhereDoNotLockTheOwnerOut() {
        TestUser user = user(Plan.FREE);
        TestClient attacker = anonymous();
        for (int i = 0; i < 20; i++) {
            logIn(attacker, user.email(), OTHER);
        }
        logIn(attacker, user.email(), PASSWORD).assertError(429, "rate_limited");
        logIn(anonymous(), user.email(), PASSWORD).assertStatus(200);
        change(user.client(), PASSWORD).assertStatus(200);
    }

    @Test
    void manyAddressesHaveFewAttemptsEachAndTheOwnerStillLogsIn() {
        TestUser user = user(Plan.FREE);
        for (int i = 0; i < LoginRateLimiter.MAX_ATTEMPTS_BEFORE_ATTACK; i++) {
            logIn(anonymous(), user.email(), OTHER).assertError(401, "unauthorized");
        }
        TestClient fresh = anonymous();
        for (int i = 0; i < LoginRateLimiter.MAX_ATTEMPTS_PER_ADDRESS_DURING_ATTACK; i++) {
            logIn(fresh, user.email(), OTHER).assertError(401, "unauthorized");
        }
        logIn(fresh, user.email(), PASSWORD).assertError(429, "rate_limited");
        logIn(anonymous(), user.email(), PASSWORD).assertStatus(200);
        logIn(user.client(), user.email(), PASSWORD).assertStatus(200);
        change(user.client(), PASSWORD).assertStatus(200);
    }

    /** As in an office, or behind a proxy that is not configured. */
    @Test
    void attemptsAtTheAddressOfTheOwnerDoNotLockAKnownBrowserOut() {
        TestUser user = user(Plan.FREE);
        TestUser other = user(Plan.FREE);
        String office = "198.51.100.12" + (vendor == DatabaseVendor.SQLITE ? 1 : 2);
        user.client().withHeader("X-Forwarded-For", office);
        other.client().withHeader("X-Forwarded-For", office);
        TestClient attacker = anonymous().withHeader("X-Forwarded-For", office);
        for (int i = 0; i < LoginRateLimiter.MAX_ATTEMPTS_PER_ADDRESS + 5; i++) {
            logIn(attacker, i < 15 ? user.email() : i + user.email(), OTHER);
        }
        logIn(attacker, user.email(), PASSWORD).assertError(429, "rate_limited");
        // The browser of another account is not known to this one.
        logIn(other.client(), user.email(), PASSWORD).assertError(429, "rate_limited");
        user.client().post("/api/auth/logout").assertStatus(200);
        logIn(user.client(), user.email(), PASSWORD).assertStatus(200);
        // A known browser has its own limit.
        for (int i = 0; i < LoginRateLimiter.MAX_ATTEMPTS_PER_ADDRESS_AND_ACCOUNT; i++) {
            logIn(user.client(), user.email(), OTHER).assertError(401, "unauthorized");
        }
        logIn(user.client(), user.email(), PASSWORD).assertError(429, "rate_limited");
    }

    @Test
    void forgedAndOldDeviceCookiesAreIgnored() {
        TestUser user = user(Plan.FREE);
        String cookie = user.client().cookie("device").orElseThrow().getValue();
        String address = "198.51.100.13" + (vendor == DatabaseVendor.SQLITE ? 1 : 2);
        TestClient attacker = anonymous().withHeader("X-Forwarded-For", address);
        for (int i = 0; i < LoginRateLimiter.MAX_ATTEMPTS_PER_ADDRESS_AND_ACCOUNT; i++) {
            logIn(attacker, user.email(), OTHER).assertError(401, "unauthorized");
        }
        for (String forged : List.of("", "x", "v1.a.b", cookie.substring(0, cookie.length() - 9) + "AAAAAAAA=")) {
            attacker.withHeader("Cookie", "device=" + forged);
            logIn(attacker, user.email(), PASSWORD).assertError(429, "rate_limited");
        }
        change(user.client(), PASSWORD).assertStatus(200);
        attacker.withHeader("Cookie", "device=" + cookie);
        logIn(attacker, user.email(), OTHER).assertError(429, "rate_limited");
    }

    @Test
    void deviceCookieIsPrivateAndLogsNobodyIn() {
        TestUser user = user(Plan.FREE);
        String cookie = logIn(anonymous(), user.email(), PASSWORD).setCookie("device");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
        String secure = logIn(anonymous().withHeader("X-Forwarded-Proto", "https"), user.email(), PASSWORD)
                .setCookie("__Host-device");
        assertTrue(secure.contains("Secure") && secure.contains("Path=/") && !secure.contains("Domain"), secure);
        anonymous()
                .withHeader("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .get("/api/account")
                .assertError(401, "unauthorized");
    }

    @Test
    void addressHasThirtyAttemptsInFifteenMinutes() {
        TestClient client = anonymous();
        for (int i = 0; i < LoginRateLimiter.MAX_ATTEMPTS_PER_ADDRESS; i++) {
            logIn(client, "nobody" + i + "@example.com", OTHER).assertError(401, "unauthorized");
        }
        logIn(client, "nobody@example.com", OTHER).assertError(429, "rate_limited");
    }

    @Test
    void parallelAttemptsAreCounted() {
        TestUser user = user(Plan.FREE);
        TestClient client = anonymous();
        long checked = Stream.generate(() -> client).limit(30).toList().parallelStream()
                .map(same -> logIn(same, user.email(), OTHER).status())
                .filter(status -> status == 401)
                .count();
        assertEquals(LoginRateLimiter.MAX_ATTEMPTS_PER_ADDRESS_AND_ACCOUNT, checked);
    }

    @Test
    void wrongPasswordsInOneSessionDoNotLimitAnotherSession() {
        TestUser user = user(Plan.FREE);
        TestClient elsewhere = anonymous();
        logIn(elsewhere, user.email(), PASSWORD).assertStatus(200);
        for (int i = 0; i < LoginRateLimiter.MAX_CONFIRMATIONS_PER_SESSION; i++) {
            change(elsewhere, OTHER).assertError(401, "unauthorized");
        }
        change(elsewhere, PASSWORD).assertError(429, "rate_limited");
        change(user.client(), PASSWORD).assertStatus(200);
    }

    @Test
    void addressHasTenSignUpsPerDay() {
        TestClient client = anonymous();
        for (int i = 0; i < LoginRateLimiter.MAX_SIGNUPS_PER_ADDRESS; i++) {
            client.post("/api/auth/signup", credentials("many-" + i + "-" + vendor + "@example.com", PASSWORD))
                    .assertStatus(200);
        }
        client.post("/api/auth/signup", credentials("many-" + vendor + "@example.com", PASSWORD))
                .assertError(429, "rate_limited");
    }
}
