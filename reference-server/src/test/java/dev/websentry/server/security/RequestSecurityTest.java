package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestSecurityTest extends EndpointTest {
    @Test
    void everyResponseHasTheSecurityHeaders() {
        for (TestResponse answer : List.of(
                anonymous().get("/api/account"),
                anonymous().get("/nothing"),
                apiClient(user(Plan.PRO)).get("/api/nothing"),
                user(Plan.FREE).client().get("/api/account"))) {
            String policy = answer.header("Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'") && policy.contains("frame-ancestors 'none'"), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            assertEquals("DENY", answer.header("X-Frame-Options"));
            assertEquals("same-origin", answer.header("Referrer-Policy"));
            assertEquals("same-origin", answer.header("Cross-Origin-Opener-Policy"));
            assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
            assertNotNull(answer.header("Permissions-Policy"));
            assertTrue(answer.header("Cache-Control").contains("no-store"));
            assertNull(answer.header("Server"));
            assertNull(answer.header("Strict-Transport-Security"), "HSTS over unencrypted http");
        }
        String hsts = anonymous()
                .withHeader("X-Forwarded-Proto", "https")
                .get("/nothing")
                .header("Strict-Transport-Security");
        assertTrue(hsts.startsWith("max-age=31536000"), hsts);
    }

    @Test
    void crossSiteRequestsAreRejected() {
        TestUser user = user(Plan.FREE);
        TestClient client = user.client();
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1", "nonsense")) {
            client.withHeader("Origin", origin).post("/api/auth/logout").assertError(403, "forbidden");
        }
        client.withHeader("Origin", null);
        for (String site : List.of("cross-site", "same-site")) {
            client.withHeader("Sec-Fetch-Site", site).post("/api/auth/logout").assertError(403, "forbidden");
            client.delete("/api/account").assertError(403, "forbidden");
        }
        client.get("/api/account").assertStatus(200);
    }

    @Test
    void sameOriginRequestsAndNonBrowserClientsAreAllowed() {
        TestUser user = user(Plan.FREE);
        TestClient client = user.client();
        client.post("/api/auth/login", credentials(user.email(), PASSWORD)).assertStatus(200);
        client.withHeader("Origin", server().url().toString()).withHeader("Sec-Fetch-Site", "same-origin");
        client.post("/api/auth/logout").assertStatus(200);
    }

    @Test
    void behindAProxyTheOriginComesFromItsHeaders() {
        TestClient client = anonymous()
                .withHeader("X-Forwarded-Proto", "https")
                .withHeader("X-Forwarded-Host", "sentry.example.com")
                .withHeader("Origin", "https://sentry.example.com");
        client.post("/api/auth/logout").assertStatus(200);
        client.withHeader("X-Forwarded-Proto", null).post("/api/auth/logout").assertError(403, "forbidden");
    }

    @Test
    void publicUrlIsTheExpectedOrigin() {
        List<String> settings = Stream.concat(
                        vendor.freshDatabase().stream(), Stream.of("--websentry.public-url=https://sentry.example.com"))
                .toList();
        try (TestServer server = TestServer.start(settings)) {
            TestClient client = server.client().withHeader("Origin", "https://sentry.example.com");
            String cookie = client.post("/api/auth/signup", credentials("a@example.com", PASSWORD))
                    .assertStatus(200)
                    .setCookie("__Host-session");
            assertTrue(cookie.startsWith("__Host-session="), cookie);
            client.withHeader("Origin", server.url().toString())
                    .post("/api/auth/logout")
                    .assertError(403, "forbidden");
        }
    }

    @Test
    void formsOutsideTheApiRequireACsrfToken() {
        anonymous()
                .send("POST", "/some-form", "application/x-www-form-urlencoded", BodyPublishers.ofString("a=b"))
                .assertStatus(403);
    }

    @Test
    void apiReadsSetNoCookie() {
        assertNull(anonymous().get("/api/account").header("Set-Cookie"));
    }
}
