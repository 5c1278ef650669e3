package dev.websentry.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.net.HttpCookie;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuthEndpointTest extends EndpointTest {
    private static final String OTHER = "another long password";

    @Test
    void signUpLogsIn() {
        TestClient client = anonymous();
        TestResponse answer =
                client.post("/api/auth/signup", credentials("Signs.Up-" + vendor + "@Example.com", PASSWORD));
        assertEquals("{\"ok\":true}", answer.assertStatus(200).body());
        String cookie = answer.setCookie("session");
        assertTrue(cookie.startsWith("session="), cookie);
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
        assertFalse(cookie.contains("Secure"), cookie);
        assertEquals(
                "signs.up-" + vendor.name().toLowerCase() + "@example.com",
                client.get("/api/account")
                        .assertStatus(200)
                        .json()
                        .at("/account/email")
                        .asString());
    }

    @Test
    void cookieIsHostOnlyAndSecureOverHttps() {
        TestClient client = anonymous().withHeader("X-Forwarded-Proto", "https");
        String cookie = client.post("/api/auth/signup", credentials("secure-" + vendor + "@example.com", PASSWORD))
                .assertStatus(200)
                .setCookie("__Host-session");
        assertTrue(cookie.startsWith("__Host-session="), cookie);
        assertTrue(cookie.contains("Secure") && cookie.contains("Path=/") && !cookie.contains("Domain"), cookie);
    }

    @Test
    void emailAddressIsUnique() {
        TestUser user = user(Plan.FREE);
        anonymous()
                .post("/api/auth/signup", credentials(user.email().toUpperCase(), PASSWORD))
                .assertError(400, "email_taken");
    }

    @Test
    void invalidCredentialsAreRejected() {
        TestClient client = anonymous();
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
            client.post("/api/auth/signup", body).assertError(400, "invalid_request");
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
        TestUser user = user(Plan.FREE);
        String before = session(user.client());
        user.client()
                .post("/api/auth/login", credentials(user.email(), PASSWORD))
                .assertStatus(200);
        String after = session(user.client());
        assertNotEquals(before, after);
        withSession(before).get("/api/account").assertError(401, "unauthorized");
        withSession(after).get("/api/account").assertStatus(200);
    }

    @Test
    void loginDoesNotReuseAPlantedSessionId() {
        TestUser user = user(Plan.FREE);
        TestClient victim = withSession("cGxhbnRlZA");
        String cookie = victim.post("/api/auth/login", credentials(user.email(), PASSWORD))
                .assertStatus(200)
                .setCookie("session");
        assertFalse(cookie.contains("cGxhbnRlZA"), cookie);
    }

    @Test
    void logoutEndsTheSession() {
        TestUser user = user(Plan.FREE);
        String session = session(user.client());
        user.client().post("/api/auth/logout").assertStatus(200);
        withSession(session).get("/api/account").assertError(401, "unauthorized");
        user.client().post("/api/auth/logout").assertStatus(200);
    }

    @Test
    void wrongPasswordAndUnknownAccountHaveTheSameResponse() {
        TestUser user = user(Plan.FREE);
        TestResponse wrong = anonymous().post("/api/auth/login", credentials(user.email(), OTHER));
        TestResponse unknown = anonymous().post("/api/auth/login", credentials("nobody@example.com", OTHER));
        wrong.assertError(401, "unauthorized");
        unknown.assertError(401, "unauthorized");
        assertEquals(wrong.body(), unknown.body());
    }

    @Test
    void successfulAttemptsAreNotCounted() {
        TestUser user = user(Plan.FREE);
        for (int i = 0; i < 35; i++) {
            user.client()
                    .post("/api/auth/login", credentials(user.email(), PASSWORD))
                    .assertStatus(200);
        }
    }

    @Test
    void passwordChangeEndsAllSessions() {
        TestUser user = user(Plan.FREE);
        TestClient elsewhere = anonymous();
        elsewhere.post("/api/auth/login", credentials(user.email(), PASSWORD)).assertStatus(200);
        String before = session(user.client());
        user.client()
                .post("/api/auth/password", change("wrong password!", OTHER))
                .assertError(401, "unauthorized");
        user.client().post("/api/auth/password", change(PASSWORD, "short")).assertError(400, "invalid_request");
        elsewhere.get("/api/account").assertStatus(200);

        user.client().post("/api/auth/password", change(PASSWORD, OTHER)).assertStatus(200);

        elsewhere.get("/api/account").assertError(401, "unauthorized");
        withSession(before).get("/api/account").assertError(401, "unauthorized");
        user.client().get("/api/account").assertStatus(200);
        anonymous().post("/api/auth/login", credentials(user.email(), PASSWORD)).assertError(401, "unauthorized");
        anonymous().post("/api/auth/login", credentials(user.email(), OTHER)).assertStatus(200);
    }

    @Test
    void sessionIsInvalidAfterItsPasswordChanged() {
        TestUser user = user(Plan.FREE);
        // Like a session that is created during a password change, after the sessions were deleted.
        server().get(AccountRepository.class).setPasswordHash(user.id(), "other");
        user.client().get("/api/account").assertError(401, "unauthorized");
    }

    @Test
    void passwordsAreComparedBeyondByteSeventyTwo() {
        String email = "long-" + vendor + "@example.com";
        String password = "seven green ladders ".repeat(4);
        anonymous()
                .post("/api/auth/signup", credentials(email, password + "one"))
                .assertStatus(200);
        anonymous()
                .post("/api/auth/login", credentials(email, password + "two"))
                .assertError(401, "unauthorized");
        anonymous()
                .post("/api/auth/login", credentials(email, password + "one"))
                .assertStatus(200);
    }

    @Test
    void disabledAccountIsRejected() {
        TestUser user = user(Plan.PRO);
        TestClient program = apiClient(user);
        server().get(AccountRepository.class).setDisabled(user.id(), true);
        user.client().get("/api/account").assertError(401, "unauthorized");
        program.get("/api/account").assertError(403, "forbidden");
        anonymous().post("/api/auth/login", credentials(user.email(), PASSWORD)).assertError(403, "forbidden");
        anonymous().post("/api/auth/login", credentials(user.email(), OTHER)).assertError(401, "unauthorized");
    }

    @Test
    void readRequestDoesNotWriteTheSession() {
        TestUser user = user(Plan.FREE);
        JdbcClient db = server().get(JdbcClient.class);
        long before = lastAccess(db, user);
        user.client().get("/api/account").assertStatus(200);
        user.client().get("/api/account").assertStatus(200);
        assertEquals(before, lastAccess(db, user));
    }

    @Test
    void signUpCanBeClosed() {
        List<String> closed = Stream.concat(vendor.freshDatabase().stream(), Stream.of("--websentry.signup=closed"))
                .toList();
        try (TestServer server = TestServer.start(closed)) {
            server.client()
                    .post("/api/auth/signup", credentials("late@example.com", PASSWORD))
                    .assertError(403, "forbidden");
        }
    }

    private static long lastAccess(JdbcClient db, TestUser user) {
        return db.sql("SELECT max(last_access_time) FROM spring_session WHERE principal_name = :id")
                .param("id", user.id())
                .query(Long.class)
                .single();
    }

    private static String change(String password, String newPassword) {
        return "{\"password\": \"" + password + "\", \"newPassword\": \"" + newPassword + "\"}";
    }

    private static String session(TestClient client) {
        return client.cookie("session").map(HttpCookie::getValue).orElseThrow();
    }

    private TestClient withSession(String value) {
        return anonymous().withHeader("Cookie", "session=" + value);
    }
}
