package dev.websentry.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.syntax.Header;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.tls.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of the HTTP client to TLS servers on loopback, which repeat the request in the response. */
@Timeout(60)
class TlsFetchTest {
    private static final String HOST = "www.example.com";
    private static final byte[] UNRECOGNIZED_NAME_WARNING = {21, 3, 3, 0, 2, 1, 112};
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate INTERMEDIATE =
            ROOT.issueIntermediate("Intermediate").build();
    private static final TestCertificate LEAF =
            INTERMEDIATE.issue(HOST).caIssuers("http://127.0.0.1:1/issuer").build();
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final ExecutorService POOL = TaskScope.newPool();

    @AfterAll
    static void close() {
        POOL.shutdownNow();
    }

    /** RFC 6066 section 3: a server that does not know the name may send a warning and continue. */
    @Test
    void serverThatWarnsAboutTheNameIsFetchedWithoutTheName() {
        List<Boolean> named = new CopyOnWriteArrayList<>();
        SSLContext context = LEAF.serverContext();
        try (ScriptedServer server = new ScriptedServer(connection -> {
            byte[] record = firstRecord(connection);
            named.add(new String(record, StandardCharsets.ISO_8859_1).contains(HOST));
            if (named.get(named.size() - 1)) {
                connection.getOutputStream().write(UNRECOGNIZED_NAME_WARNING);
            }
            SSLSocket tls = (SSLSocket)
                    context.getSocketFactory().createSocket(connection, new ByteArrayInputStream(record), true);
            tls.setEnabledProtocols(new String[] {"TLSv1.2"});
            repeatRequest(tls);
        })) {
            Response response = fetch(server);
            assertEquals(200, response.status());
            assertEquals(Optional.empty(), response.tls().orElseThrow().trustProblem());
            assertEquals(List.of(true, false), named);
            assertTrue(
                    response.body().text().contains("Host: " + HOST),
                    response.body().text());
        }
    }

    @Test
    void credentialsAreSentToATrustedServer() {
        String request = requestTo(LEAF.servedChain());
        assertTrue(request.contains("X-Secret: 42"), request);
        assertTrue(request.contains("Authorization: Bearer 43"), request);
    }

    /** Browsers complete the chain from the URL in the certificate (AIA); a strict client rejects the server. */
    @Test
    void credentialsAreNotSentIfOnlyADownloadedIssuerCompletesTheChain() {
        String request = requestTo(List.of(LEAF.certificate()));
        assertTrue(request.contains("Host: " + HOST), request);
        assertFalse(request.contains("X-Secret"), request);
        assertFalse(request.contains("Authorization"), request);
    }

    private static String requestTo(List<X509Certificate> served) {
        SSLContext context = LEAF.serverContext(served);
        try (ScriptedServer server = new ScriptedServer(connection -> {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(connection, HOST, 443, true);
            tls.setUseClientMode(false);
            repeatRequest(tls);
        })) {
            return fetch(server).body().text();
        }
    }

    private static byte[] firstRecord(Socket connection) throws IOException {
        byte[] header = connection.getInputStream().readNBytes(5);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(header);
        record.writeBytes(connection.getInputStream().readNBytes((header[3] & 0xff) << 8 | (header[4] & 0xff)));
        return record.toByteArray();
    }

    private static void repeatRequest(SSLSocket tls) throws IOException {
        InputStream in = tls.getInputStream();
        StringBuilder request = new StringBuilder();
        for (int next = in.read(); next >= 0 && !request.toString().endsWith("\r\n\r\n"); next = in.read()) {
            request.append((char) next);
            if (request.toString().endsWith("\r\n\r\n")) {
                String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + request.length();
                tls.getOutputStream().write((head + "\r\n\r\n" + request).getBytes(StandardCharsets.ISO_8859_1));
                tls.getOutputStream().flush();
            }
        }
    }

    private static Response fetch(ScriptedServer server) {
        try (TaskScope tasks = new TaskScope(POOL)) {
            ScanOptions options = ScanOptions.builder()
                    .headers(List.of(new Header("X-Secret", "42"), new Header("Authorization", "Bearer 43")))
                    .build();
            ScanHostResolver addresses = new ScanHostResolver(
                    new SystemNameResolver(),
                    List.of(ResolveOverride.parse(HOST + ":443:127.0.0.1:" + server.port())),
                    tasks);
            Dialer dialer = new Dialer(
                    ConnectionPolicy.of(AddressPolicy.ALLOW_ALL, addresses),
                    options.connectTimeout(),
                    addresses,
                    ProxyConfiguration.NONE);
            RootCertificates roots = RootCertificates.of(RootStoreChoice.BROWSERS, List.of(ROOT.certificate()));
            try (HttpFetcher fetcher = new HttpFetcher(
                    HTTP,
                    Target.parse(HOST),
                    options,
                    Deadline.in(Duration.ofSeconds(40)),
                    dialer,
                    new TrustStore(roots, Instant.now()))) {
                return fetcher.fetch(FetchRequest.page(HttpUrl.get("https://" + HOST + "/")))
                        .response()
                        .orElseThrow();
            }
        }
    }
}
