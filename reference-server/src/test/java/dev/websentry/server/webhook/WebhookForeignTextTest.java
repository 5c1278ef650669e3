package dev.websentry.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.EndpointTest;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook receiver whose status line contains what a log, a terminal or a database should not get. */
class WebhookForeignTextTest extends EndpointTest {
    private static final String FORGED = "2030-01-01 ERROR forged line";
    private static final String STATUS_LINE =
            "HTTQ \u001b[2J\r" + FORGED + " \u0000\u0085" + "x".repeat(250_000) + "\r\n\r\n";

    @TempDir
    private Path directory;

    @Test
    void statusLineOfTheReceiverIsEscapedAndBounded() throws Exception {
        Path log = directory.resolve("server.log");
        List<String> settings = Stream.concat(
                        vendor.freshDatabase().stream(),
                        Stream.of(
                                "--websentry.scan.allow=127.0.0.1/32",
                                "--logging.file.name=" + log,
                                "--logging.level.dev.websentry=debug"))
                .toList();
        try (TestServer server = TestServer.start(settings);
                ServerSocket receiver = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> respond(receiver), "receiver");
            thread.setDaemon(true);
            thread.start();
            TestClient client = server.client();
            client.post("/api/auth/signup", credentials("me@example.com", PASSWORD))
                    .assertStatus(200);
            setPlan(server, "me@example.com", Plan.PRO);
            client.send(
                            "PUT",
                            "/api/webhook",
                            "application/json",
                            BodyPublishers.ofString("{\"url\": \"http://127.0.0.1:" + receiver.getLocalPort() + "/\"}"))
                    .assertStatus(200);
            String sent = client.post("/api/webhook/test")
                    .assertStatus(200)
                    .json()
                    .at("/delivery/last_error")
                    .asString();
            String stored = client.get("/api/webhook")
                    .json()
                    .at("/webhook/deliveries/0/last_error")
                    .asString();
            assertEquals(sent, stored);
            assertTrue(stored.length() < 1_000, stored.length() + " characters");
            assertFalse(stored.chars().anyMatch(character -> character < ' ' || character == 0x85), stored);
        }
        String text = ServerLog.text(log);
        assertTrue(text.contains("Failed to send a webhook message to 127.0.0.1"), text);
        assertFalse(text.contains("\u001b") || text.contains("\r") || text.contains("\u0000"), text);
        assertFalse(text.lines().anyMatch(line -> line.startsWith(FORGED)), text);
        assertTrue(text.length() < 20_000, text.length() + " characters in the log");
    }

    private static void respond(ServerSocket receiver) {
        while (!receiver.isClosed()) {
            try (Socket socket = receiver.accept()) {
                socket.getOutputStream().write(STATUS_LINE.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The test has ended, or the client has closed the connection.
            }
        }
    }

    private static void setPlan(TestServer server, String email, Plan plan) {
        AccountRepository accounts = server.get(AccountRepository.class);
        accounts.setPlan(accounts.find(Email.parse(email)).orElseThrow().id(), plan);
    }
}
