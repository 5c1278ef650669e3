package dev.websentry.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** One address opens as many connections as it may have, and one more. */
class ConnectionLimitTest {
    private static final String GREEDY = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";

    @TempDir
    private Path directory;

    @Test
    void connectionsOverTheLimitAreClosedAndOthersAreServed() throws Exception {
        long began = System.nanoTime();
        Path log = directory.resolve("server.log");
        List<Socket> open = new ArrayList<>();
        try (TestServer server = TestServer.start(Stream.concat(
                        DatabaseVendor.SQLITE.freshDatabase().stream(),
                        Stream.of(
                                // Connections of proxies are not limited.
                                "--websentry.trusted-proxies=127.0.0.9/32",
                                "--server.tomcat.connection-timeout=600s",
                                "--logging.file.name=" + log))
                .toList())) {
            for (int i = 0; i < AddressLimitedProtocol.MAX_CONNECTIONS_PER_ADDRESS; i++) {
                open.add(connect(GREEDY, server));
            }
            AbstractProtocol<?> protocol = protocol(server);
            // One more than there are: that which is accepted next.
            Await.until("the server has accepted them", () -> protocol.getConnectionCount() > open.size());
            assertEquals("", statusLine(GREEDY, server));
            assertEquals("", statusLine(GREEDY, server));
            assertEquals("HTTP/1.1 200 ", statusLine(OTHER, server));
            Await.until("the closed ones do not count", () -> protocol.getConnectionCount() == open.size() + 1);
            // Those that are open work.
            assertEquals("HTTP/1.1 200 ", statusLine(open.remove(0)));
            Await.until(
                    "one more connection is possible",
                    () -> statusLine(GREEDY, server).equals("HTTP/1.1 200 "));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        List<String> lines = ServerLog.lines(log);
        // One line a minute.
        long minutes = Duration.ofNanos(System.nanoTime() - began).toMinutes();
        assertTrue(!lines.isEmpty() && lines.size() <= 1 + minutes, String.join("\n", lines));
        assertTrue(lines.get(0).contains("Closed 1 connections since the last such line"), lines.get(0));
    }

    private static AbstractProtocol<?> protocol(TestServer server) {
        ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) server.context();
        TomcatWebServer tomcat = (TomcatWebServer) context.getWebServer();
        return (AbstractProtocol<?>) tomcat.getTomcat().getConnector().getProtocolHandler();
    }

    private static Socket connect(String address, TestServer server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), server.port(), InetAddress.getByName(address), 0);
        socket.setSoTimeout(120_000);
        return socket;
    }

    private static String statusLine(String address, TestServer server) {
        try {
            return statusLine(connect(address, server));
        } catch (SocketException e) {
            // The server closed the connection before the request was sent.
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request. Returns the beginning of the response, which is empty if the server closed the connection. */
    private static String statusLine(Socket socket) throws IOException {
        try (socket) {
            socket.getOutputStream()
                    .write("GET /login HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
        }
    }
}
