package dev.websentry.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.engine.config.Target;
import dev.websentry.testsite.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissiveTlsTest {
    /** Returns the first record that the client sends. */
    private static String firstRecord(String host) throws Exception {
        PermissiveTls tls = new PermissiveTls(Target.parse("https://www.example.com"), Optional.empty());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket connection = new Socket(server.getInetAddress(), server.getLocalPort())) {
            CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> {
                try (Socket accepted = server.accept()) {
                    byte[] header = accepted.getInputStream().readNBytes(5);
                    byte[] hello = accepted.getInputStream().readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff));
                    return new String(hello, StandardCharsets.ISO_8859_1);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            SSLSocket socket = (SSLSocket) tls.socketFactory().createSocket(connection, host, 443, true);
            assertThrows(IOException.class, socket::startHandshake);
            return received.get();
        }
    }

    /** RFC 6066 section 3: a list of 2 bytes, the type host_name, and the length of the name in 2 bytes. */
    @ParameterizedTest
    @CsvSource({"my_app.example.com", "www.example.com", "intranet", "_dmarc.a_b.example.com"})
    void serverNameIsSent(String host) throws Exception {
        String entry = "\0" + (char) (host.length() + 3) + "\0\0" + (char) host.length() + host;
        assertEquals(true, firstRecord(host).contains(entry));
    }

    /** A server that knows no name, in TLS 1.2: it sends a warning alert and continues (RFC 6066 section 3). */
    private static void serve(ServerSocket server, SSLContext context) {
        for (int connections = 0; connections < 2; connections++) {
            try (Socket accepted = server.accept()) {
                byte[] header = accepted.getInputStream().readNBytes(5);
                byte[] hello = accepted.getInputStream().readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff));
                boolean named = new String(hello, StandardCharsets.ISO_8859_1).contains("www.example.com");
                if (named) {
                    accepted.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 1, 112});
                }
                ByteArrayOutputStream record = new ByteArrayOutputStream();
                record.writeBytes(header);
                record.writeBytes(hello);
                SSLSocket tls = (SSLSocket) context.getSocketFactory()
                        .createSocket(accepted, new ByteArrayInputStream(record.toByteArray()), true);
                tls.setEnabledProtocols(new String[] {"TLSv1.2"});
                tls.startHandshake();
            } catch (IOException e) {
                // The client ends the first handshake.
            }
        }
    }

    @Test
    void handshakeIsRepeatedWithoutTheNameAfterTheWarningThatTheNameIsUnknown() throws Exception {
        SSLContext context = TestCertificate.root("Test root")
                .issue("www.example.com")
                .build()
                .serverContext();
        PermissiveTls tls = new PermissiveTls(Target.parse("https://www.example.com"), Optional.empty());
        HttpUrl url = HttpUrl.get("https://www.example.com/");
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(server, context));
            try (Socket first = new Socket(server.getInetAddress(), server.getLocalPort())) {
                SSLSocket socket = (SSLSocket) tls.socketFactory().createSocket(first, "www.example.com", 443, true);
                SSLException failure = assertThrows(SSLException.class, socket::startHandshake);
                assertEquals(true, tls.retriesWithoutServerName(url, failure, false), failure.getMessage());
                assertEquals(true, tls.retriesWithoutServerName(url, failure, false), "of a concurrent request");
                assertEquals(false, tls.retriesWithoutServerName(url, failure, tls.omitsServerName(url)), "only once");
            }
            try (Socket second = new Socket(server.getInetAddress(), server.getLocalPort())) {
                SSLSocket socket = (SSLSocket) tls.socketFactory().createSocket(second, "www.example.com", 443, true);
                socket.startHandshake();
                assertEquals("TLSv1.2", socket.getSession().getProtocol());
            }
            serving.get();
        }
        assertEquals(
                false,
                tls.retriesWithoutServerName(
                        HttpUrl.get("https://other.example/"),
                        new SSLException("Received fatal alert: unrecognized_name"),
                        false));
    }

    @Test
    void addressIsNotSentAsServerName() throws Exception {
        assertEquals(false, firstRecord("127.0.0.1").contains("127.0.0.1"));
    }
}
