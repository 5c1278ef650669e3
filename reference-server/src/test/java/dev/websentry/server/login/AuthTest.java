package dev.websentry.server.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Answer;
import dev.websentry.server.testing.Client;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestServer;
import java.net.HttpCookie;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuthTest extends EndpointTest {
    private static final String OTHER = "another long password";

    @Test
    void signUpLogsIn() {
        Client client = anonymous();
        Answer answer = client.post("/api/auth/signup", credentials("Signs.Up-" + vendor + "@Example.com", PASSWORD));
        assertEquals("{\"ok\":true}", answer.is(200).body());
        String cookie = answer.header("Set-Cookie");
        assertTrue(cookie.startsWith("session="), cookie);
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
        assertFalse(cookie.contains("Secure"), cookie);
        assertEquals(
                "signs.up-" + vendor.name().toLowerCase() + "@example.com",
                client.get("/api/account").is(200).json().at("/account/email").asString());
    }

    @Test
    void cookieIsHostOnlyAndSecureOverHttps() {
        Client client = anonymous().with("X-Forwarded-Proto", "https");
        String cookie = client.post("/api/auth/signup", credentials("secure-" + vendor + "@example.com", PASSWORD))
                .is(200)
                .header("Set-Cookie");
        assertTrue(cookie.startsWith("__Host-session="), cookie);
        assertTrue(cookie.contains("Secure") && cookie.contains("Path=/") && !cookie.contains("Domain"), cookie);
    }

    @Test
    void emailAddressIsUnique() {
        User user = user(Plan.FREE);
        anonymous()
                .post("/api/auth/signup", credentials(user.email().toUpperCase(), PASSWORD))
                .isError(400, "email_taken");
    }

    @Test
    void invalidCredentialsAreRejected() {
        Client client = anonymous();
        for (String body : List.of(
                "{}",
                "{\"email\": \"a@example.com\"}",
                "{\"email\": 5, \"password\": \"" + PASSWORD + "\"}",
                "{\"email\": [\"a@example.com\"], \"password\": \"" + PASSWORD + "\"}",
                credentials("nobody", PASSWORD),
                credentials("a@b@example.com", PASSWORD),
                credentials("a@example.com", "short"),
                credentials("a@example.com", "x".repeat(1001)),
                "[]",
                "null",
                "",
                "{\"email\": \"a@example.com\", \"email\": \"b@example.com\", \"password\": \"" + PASSWORD + "\"}",
                credentials("a@example.com", PASSWORD) + "{}",
                "{\"email\"")) {
            client.post("/api/auth/signup", body).isError(400, "invalid_request");
        }
        assertEquals(
                "The field 'password' is missing",
                client.post("/api/auth/login", "{\"email\": \"a@example.com\"}")
                        .json()
                        .get("error")
                        .asString());
    }

    @Test
    void loginCreatesANewSession() {
        User user = user(Plan.FREE);
        String before = session(user.client());
        user.client()
                .post("/api/auth/login", credentials(user.email(), PASSWORD))
                .is(200);
        String after = session(user.client());
        assertNotEquals(before, after);
        withSession(before).get("/api/account").isError(401, "unauthorized");
        withSession(after).get("/api/account").is(200);
    }

    @Test
    void loginDoesNotReuseAPlantedSessionId() {
        User user = user(Plan.FREE);
        Client victim = withSession("cGxhbnRlZA");
        String cookie = victim.post("/api/auth/login", credentials(user.email(), PASSWORD))
                .is(200)
                .header("Set-Cookie");
        assertFalse(cookie.contains("cGxhbnRlZA"), cookie);
    }

    @Test
    void logoutEndsTheSession() {
        User user = user(Plan.FREE);
        String session = session(user.client());
        user.client().post("/api/auth/logout").is(200);
        withSession(session).get("/api/account").isError(401, "unauthorized");
        user.client().post("/api/auth/logout").is(200);
    }

    @Test
    void wrongPasswordAndUnknownAccountHaveTheSameResponse() {
        User user = user(Plan.FREE);
        Answer wrong = anonymous().post("/api/auth/login", credentials(user.email(), OTHER));
        Answer unknown = anonymous().post("/api/auth/login", credentials("nobody@example.com", OTHER));
        wrong.isError(401, "unauthorized");
        unknown.isError(401, "unauthorized");
        assertEquals(wrong.body(), unknown.body());
    }

    @Test
    void accountAllowsTenAttemptsInFifteenMinutes() {
        User user = user(Plan.FREE);
        for (String email : List.of(user.email(), "unknown-" + user.email())) {
            for (int i = 0; i < LoginAttempts.PER_ACCOUNT; i++) {
                anonymous().post("/api/auth/login", credentials(email, OTHER)).isError(401, "unauthorized");
            }
            Answer refused = anonymous().post("/api/auth/login", credentials(email, PASSWORD));
            refused.isError(429, "rate_limited");
            int wait = Integer.parseInt(refused.header("Retry-After"));
            assertTrue(wait > 0 && wait <= 900, refused.header("Retry-After"));
        }
        clock().advance(Duration.ofMinutes(15));
        anonymous().post("/api/auth/login", credentials(user.email(), PASSWORD)).is(200);
    }

    @Test
    void addressAllowsThirtyAttemptsInFifteenMinutes() {
        Client client = anonymous();
        for (int i = 0; i < LoginAttempts.PER_ADDRESS; i++) {
            client.post("/api/auth/login", credentials("nobody" + i + "@example.com", OTHER))
                    .isError(401, "unauthorized");
        }
        client.post("/api/auth/login", credentials("nobody@example.com", OTHER)).isError(429, "rate_limited");
    }

    @Test
    void parallelAttemptsAreCounted() {
        User user = user(Plan.FREE);
        long checked = Stream.generate(this::anonymous).limit(30).toList().parallelStream()
                .map(client -> client.post("/api/auth/login", credentials(user.email(), OTHER))
                        .status())
                .filter(status -> status == 401)
                .count();
        assertEquals(LoginAttempts.PER_ACCOUNT, checked);
    }

    @Test
    void successfulAttemptsAreNotCounted() {
        User user = user(Plan.FREE);
        for (int i = 0; i < LoginAttempts.PER_ADDRESS + 5; i++) {
            user.client()
                    .post("/api/auth/login", credentials(user.email(), PASSWORD))
                    .is(200);
        }
    }

    @Test
    void passwordChangeEndsAllSessions() {
        User user = user(Plan.FREE);
        Client elsewhere = anonymous();
        elsewhere.post("/api/auth/login", credentials(user.email(), PASSWORD)).is(200);
        String before = session(user.client());
        user.client()
                .post("/api/auth/password", change("wrong password!", OTHER))
                .isError(401, "unauthorized");
        user.client().post("/api/auth/password", change(PASSWORD, "short")).isError(400, "invalid_request");
        elsewhere.get("/api/account").is(200);

        user.client().post("/api/auth/password", change(PASSWORD, OTHER)).is(200);

        elsewhere.get("/api/account").isError(401, "unauthorized");
        withSession(before).get("/api/account").isError(401, "unauthorized");
        user.client().get("/api/account").is(200);
        anonymous().post("/api/auth/login", credentials(user.email(), PASSWORD)).isError(401, "unauthorized");
        anonymous().post("/api/auth/login", credentials(user.email(), OTHER)).is(200);
    }

    @Test
    void sessionIsInvalidAfterItsPasswordChanged() {
        User user = user(Plan.FREE);
        // Like a session that is created during a password change, after the sessions were deleted.
        server().get(AccountStore.class).setPasswordHash(user.id(), "other");
        user.client().get("/api/account").isError(401, "unauthorized");
    }

    @Test
    void passwordsAreComparedBeyondByteSeventyTwo() {
        String email = "long-" + vendor + "@example.com";
        String password = "x".repeat(72);
        anonymous()
                .post("/api/auth/signup", credentials(email, password + "one"))
                .is(200);
        anonymous()
                .post("/api/auth/login", credentials(email, password + "two"))
                .isError(401, "unauthorized");
        anonymous()
                .post("/api/auth/login", credentials(email, password + "one"))
                .is(200);
    }

    @Test
    void disabledAccountIsRejected() {
        User user = user(Plan.PRO);
        Client program = program(user);
        server().get(AccountStore.class).setDisabled(user.id(), true);
        user.client().get("/api/account").isError(401, "unauthorized");
        program.get("/api/account").isError(403, "forbidden");
        anonymous().post("/api/auth/login", credentials(user.email(), PASSWORD)).isError(403, "forbidden");
        anonymous().post("/api/auth/login", credentials(user.email(), OTHER)).isError(401, "unauthorized");
    }

    @Test
    void readRequestDoesNotWriteTheSession() {
        User user = user(Plan.FREE);
        JdbcClient db = server().get(JdbcClient.class);
        long before = lastAccess(db, user);
        user.client().get("/api/account").is(200);
        user.client().get("/api/account").is(200);
        assertEquals(before, lastAccess(db, user));
    }

    @Test
    void signUpCanBeClosed() {
        List<String> closed = Stream.concat(vendor.freshDatabase().stream(), Stream.of("--websentry.signup=closed"))
                .toList();
        try (TestServer server = TestServer.start(closed)) {
            server.client()
                    .post("/api/auth/signup", credentials("late@example.com", PASSWORD))
                    .isError(403, "forbidden");
        }
    }

    private static long lastAccess(JdbcClient db, User user) {
        return db.sql("SELECT max(last_access_time) FROM spring_session WHERE principal_name = :id")
                .param("id", user.id())
                .query(Long.class)
                .single();
    }

    private static String change(String password, String newPassword) {
        return "{\"password\": \"" + password + "\", \"newPassword\": \"" + newPassword + "\"}";
    }

    private static String session(Client client) {
        return client.cookie("session").map(HttpCookie::getValue).orElseThrow();
    }

    private Client withSession(String value) {
        return anonymous().with("Cookie", "session=" + value);
    }
}
