package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Many connections that send their bodies slowly, or hang up inside of them, to a server with few threads. */
class SlowBodyTest {
    private static final int CONNECTIONS = 200;
    private static final String HEAD = "POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000\r\n\r\n";

    @TempDir
    private Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(Stream.concat(
                        DatabaseVendor.SQLITE.freshDatabase().stream(),
                        Stream.of(
                                "--server.tomcat.threads.max=4",
                                "--server.tomcat.connection-timeout=60s",
                                "--logging.file.name=" + log()))
                .toList());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path log() {
        return directory.resolve("server.log");
    }

    /** With one thread for each slow body, none of the four would be left for the other requests. */
    @Test
    void slowBodiesHoldNoThread() throws Exception {
        long began = System.nanoTime();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                slow.add(send(HEAD + "{"));
            }
            PendingBodies pending = server.get(PendingBodies.class);
            ThreadPoolExecutor threads = threads();
            Await.until(
                    "the bodies are pending and no thread is busy",
                    () -> pending.count() == PendingBodies.MAX_PER_ADDRESS && threads.getActiveCount() == 0);
            server.client().get("/").assertStatus(200);
            server.client().post("/api/auth/logout", "{}").assertStatus(200);
            String rejected =
                    new String(slow.get(CONNECTIONS - 1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(rejected.startsWith("HTTP/1.1 429 "), rejected);
            assertTrue(rejected.contains("\r\nRetry-After: 5\r\n"), rejected);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        Await.until("no body is pending", () -> server.get(PendingBodies.class).count() == 0);
        List<String> lines = ServerLog.lines(log());
        // One line a minute.
        long minutes = Duration.ofNanos(System.nanoTime() - began).toMinutes();
        assertTrue(!lines.isEmpty() && lines.size() <= 1 + minutes, String.join("\n", lines));
        assertTrue(lines.get(0).contains("Gave up 1 request bodies"), lines.get(0));
    }

    @Test
    void slowBodyIsRejectedWhenItsNextByteArrives() throws Exception {
        try (Socket socket = send(HEAD + "{")) {
            PendingBodies pending = server.get(PendingBodies.class);
            Await.until("the body is pending", () -> pending.count() == 1);
            // One byte every two seconds keeps the connection from being idle.
            Await.until("the body was given up", () -> {
                sendByte(socket);
                return pending.count() == 0;
            });
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            assertTrue(answer.contains("\"code\":\"request_timeout\""), answer);
        }
    }

    @Test
    void abortedBodiesAreLoggedOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            abortBodies();
        }
        // Afterwards nothing more is logged.
        server.close();
        String text = ServerLog.text(log());
        assertFalse(text.contains("\tat "), text);
        assertTrue(text.length() < 1_000, text.length() + " characters in the log: " + text);
    }

    /** Closes connections as soon as the server receives the bodies of all. */
    private void abortBodies() throws IOException {
        PendingBodies pending = server.get(PendingBodies.class);
        List<Socket> aborted = new ArrayList<>();
        for (int i = 0; i < PendingBodies.MAX_PER_ADDRESS; i++) {
            aborted.add(send(HEAD + "{\"email\""));
        }
        Await.until(
                "the bodies are pending, or too slow on a busy machine",
                () -> pending.count() + answered(aborted) >= aborted.size());
        for (Socket socket : aborted) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        Await.until("no body is pending", () -> pending.count() == 0);
    }

    private static int answered(List<Socket> sockets) {
        return (int) sockets.stream().filter(SlowBodyTest::isAnswered).count();
    }

    private static boolean isAnswered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bodiesInManyPiecesAreReceivedCompletely() throws Exception {
        String json = "{\"email\": \"nobody@example.com\", \"password\": \"correct horse battery\"}";
        try (Socket socket = send("POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            for (char character : json.toCharArray()) {
                socket.getOutputStream().write(("1\r\n" + character + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        }
    }

    @Test
    void bodyMayTakeItsGraceAndOneSecondForEachKibibyte() {
        assertFalse(BodyReceiver.isTooSlow(0, 5_000_000_000L));
        assertTrue(BodyReceiver.isTooSlow(0, 5_000_000_001L));
        assertFalse(BodyReceiver.isTooSlow(10 * 1024, 15_000_000_000L));
        assertTrue(BodyReceiver.isTooSlow(10 * 1024, 15_000_000_001L));
    }

    private ThreadPoolExecutor threads() {
        ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) server.context();
        TomcatWebServer tomcat = (TomcatWebServer) context.getWebServer();
        return (ThreadPoolExecutor)
                tomcat.getTomcat().getConnector().getProtocolHandler().getExecutor();
    }

    private Socket send(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static void sendByte(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
        } catch (IOException e) {
            // The server has closed the connection.
        }
    }
}
