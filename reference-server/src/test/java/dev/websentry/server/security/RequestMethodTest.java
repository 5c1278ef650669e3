package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RequestMethodTest extends EndpointTest {
    private static final List<String> HEADERS = List.of(
            "content-security-policy",
            "permissions-policy",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "cache-control");

    @Test
    void unknownMethodsAreNotImplemented() {
        for (String path : List.of("/", "/login", "/api/account", "/nothing", "/error")) {
            for (String method : List.of("MADEUP", "get", "PROPFIND")) {
                TestResponse answer = send(method, path);
                answer.assertError(501, "not_implemented");
                assertTrue(answer.json().get("error").asString().contains(method), answer.body());
            }
        }
    }

    @Test
    void unsupportedMethodsOfAPathNameTheSupportedOnes() {
        for (String path : List.of("/api/account", "/api/scan", "/api/keys", "/api/auth/login")) {
            assertNotNull(send("PATCH", path).assertStatus(405).header("Allow"), path);
        }
        assertEquals("GET, POST", send("DELETE", "/api/scans").assertStatus(405).header("Allow"));
    }

    @Test
    void optionsListsOnlyAcceptedMethods() {
        for (String path : List.of(
                "/",
                "/login",
                "/docs",
                "/openapi.json",
                "/assets/dashboard.css",
                "/api/account",
                "/api/auth/login",
                "/api/scan",
                "/api/keys",
                "/api/monitors",
                "/api/webhook",
                "/admin")) {
            String allow = send("OPTIONS", path).assertStatus(200).header("Allow");
            for (String method : allow.split(", ?")) {
                assertNotEquals(405, send(method, path).status(), method + " " + path + " of " + allow);
            }
        }
    }

    @Test
    void optionsOfUnknownPathsListsNoMethod() {
        for (String path : List.of("/nothing", "/api/nothing", "/assets/nothing.css", "/error")) {
            TestResponse answer = send("OPTIONS", path).assertStatus(404);
            assertNull(answer.header("Allow"), path + ": " + answer.header("Allow"));
        }
        TestResponse page = anonymous()
                .withHeader("Accept", "text/html")
                .send("OPTIONS", "/nothing", null, BodyPublishers.noBody());
        assertNull(page.assertStatus(404).header("Allow"));
    }

    @Test
    void everyErrorHasTheSecurityHeaders() throws Exception {
        for (String request : List.of(
                "GET /api/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%2e%2e/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api//account HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET //account HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n",
                "GET /a;b=c HTTP/1.1\r\nHost: a\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
                "MADEUP / HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
                "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
                "POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /api/scans HTTP/1.1\r\nHost: a\r\nAuthorization: ss_nothing\r\n\r\n")) {
            String answer = raw(request).toLowerCase(Locale.ROOT);
            assertTrue(answer.matches("(?s)http/1.1 [45]\\d\\d.*"), request + answer);
            assertFalse(
                    answer.startsWith("http/1.1 500") || answer.contains("internal server error"), request + answer);
            String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
            for (String header : HEADERS) {
                assertTrue(head.contains("\r\n" + header + ": "), header + " is missing: " + request + answer);
            }
        }
    }

    @Test
    void oddTargetsAfterLoginLeadToTheHomePage() {
        TestUser user = user(Plan.FREE);
        for (String next : List.of(
                "/[",
                "/%zz",
                "/%",
                "//evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "/..//evil.example",
                "/.//evil.example",
                "/a b",
                "/{x}",
                "\n/",
                "javascript:alert(1)",
                "/?a=[")) {
            TestResponse answer = logIn(user, next);
            assertEquals(302, answer.status(), next + ": " + answer.body());
            assertEquals("/", pathOf(answer), next);
        }
        for (String next : List.of("/history?site=example.com", "/scans/abc", "/a%20b?c=%C3%A9")) {
            assertEquals(next, pathOf(logIn(user, next)), next);
        }
    }

    private TestResponse logIn(TestUser user, String next) {
        TestClient client = anonymous();
        String page = client.get("/login").assertStatus(200).body();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertTrue(token.find(), page);
        String form = "email=" + user.email() + "&password=" + PASSWORD.replace(' ', '+') + "&_csrf=" + token.group(1)
                + "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        return client.send("POST", "/login", "application/x-www-form-urlencoded", BodyPublishers.ofString(form));
    }

    private String pathOf(TestResponse answer) {
        String location = String.valueOf(answer.header("Location"));
        return location.replaceFirst("^http://127\\.0\\.0\\.1(:\\d+)?", "");
    }

    private TestResponse send(String method, String path) {
        return anonymous().send(method, path, null, BodyPublishers.noBody());
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server().port())) {
            socket.setSoTimeout(30_000);
            String closing = request.replaceFirst("\r\n", "\r\nConnection: close\r\n");
            socket.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
            // The server would wait ten seconds for the rest of a body.
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
