package dev.websentry.server.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorResponseTest extends EndpointTest {
    private static final int LIMIT = 64 * 1024;

    @Test
    void unknownPathsReturnNotFound() {
        for (String path : List.of("/api", "/api/", "/api/nothing", "/api/auth", "/api/auth/login/more")) {
            anonymous().get(path).assertError(404, "not_found");
            apiClient(user(Plan.PRO)).get(path).assertError(404, "not_found");
        }
    }

    @Test
    void wrongMethodReturnsAllowHeader() {
        TestResponse answer = anonymous().get("/api/auth/login");
        answer.assertError(405, "method_not_allowed");
        assertEquals("POST", answer.header("Allow"));
        anonymous().patch("/api/account").assertError(405, "method_not_allowed");
    }

    @Test
    void optionsReturnsTheMethodsOfAPage() {
        TestResponse answer = anonymous()
                .send("OPTIONS", "/login", null, BodyPublishers.noBody())
                .assertStatus(200);
        assertTrue(answer.header("Allow").contains("GET"), answer.header("Allow"));
    }

    @Test
    void otherMediaTypesThanJsonAreRejected() {
        for (String type : List.of(
                "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "nonsense")) {
            anonymous()
                    .send(
                            "POST",
                            "/api/auth/login",
                            type,
                            BodyPublishers.ofString(credentials("a@example.com", PASSWORD)))
                    .assertError(415, "unsupported_media_type");
        }
        anonymous()
                .send("POST", "/api/auth/login", null, BodyPublishers.ofString("{}"))
                .assertError(415, "unsupported_media_type");
        anonymous()
                .send("POST", "/api/auth/logout", "text/plain", BodyPublishers.ofString("{}"))
                .assertError(415, "unsupported_media_type");
    }

    @Test
    void largeBodiesAreRejectedWithAndWithoutContentLength() {
        byte[] large = " ".repeat(LIMIT + 1).getBytes(StandardCharsets.UTF_8);
        for (TestClient client : List.of(anonymous(), apiClient(user(Plan.PRO)))) {
            client.send("POST", "/api/auth/login", "application/json", BodyPublishers.ofByteArray(large))
                    .assertError(413, "too_large");
            client.send(
                            "POST",
                            "/api/auth/login",
                            "application/json",
                            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                    .assertError(413, "too_large");
        }
    }

    @Test
    void bodyAtTheLimitIsAccepted() {
        String json = credentials("nobody@example.com", PASSWORD);
        anonymous()
                .post("/api/auth/login", json + " ".repeat(LIMIT - json.length()))
                .assertError(401, "unauthorized");
    }

    @Test
    void malformedJsonIsReported() {
        TestResponse answer = anonymous().post("/api/auth/login", "{\"email\": \"a");
        answer.assertError(400, "invalid_request");
        assertEquals("The body is not valid JSON", answer.json().get("error").asString());
    }

    @Test
    void errorsOfTheContainerAreJson() throws Exception {
        for (String request : List.of(
                "GET /api/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/a|b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /api/account HTTP/1.1\r\n\r\n",
                "GET /api/account HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /api/account HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /api/a/../b;x=%2f HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api//account HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/%2e%2e/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/account HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                "TRACE /api/account HTTP/1.1\r\nHost: a\r\n\r\n",
                "MADEUP /api/account HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")) {
            String answer = raw(request);
            assertTrue(answer.matches("(?s)HTTP/1.1 [45]\\d\\d.*"), request + answer);
            assertTrue(answer.contains("{\"ok\":false,\"error\":"), request + answer);
            assertFalse(answer.contains("<html") || answer.contains("\tat "), request + answer);
            assertFalse(answer.toLowerCase().contains("\nserver:"), request + answer);
        }
    }

    @Test
    void errorsOutsideTheApiArePlainText() {
        TestResponse answer = anonymous().get("/nothing").assertStatus(404);
        assertEquals("Not found\n", answer.body());
        anonymous().get("/error").assertStatus(404);
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server().port())) {
            socket.setSoTimeout(30_000);
            String closing = request.replaceFirst("\r\n", "\r\nConnection: close\r\n");
            socket.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
