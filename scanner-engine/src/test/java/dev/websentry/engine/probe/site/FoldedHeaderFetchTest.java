package dev.websentry.engine.probe.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.ConnectionPolicy;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Dialer;
import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.net.RootCertificates;
import dev.websentry.engine.net.ScanHostResolver;
import dev.websentry.engine.net.SystemNameResolver;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.TrustStore;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.testsite.RawServer;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.tls.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLSocket;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Folded header lines over real sockets (RFC 9112 section 5.2): plain, with TLS, and through a proxy. */
@Timeout(120)
class FoldedHeaderFetchTest {
    private static final String POLICY =
            "Content-Security-Policy: default-src 'self';\r\n\tscript-src https: *\r\n" + "  'unsafe-inline'\r\n";
    private static final String UNFOLDED = "default-src 'self'; script-src https: * 'unsafe-inline'";
    private static final String BODY = "<pre>\r\n Not: folded\r\n\r\n either\r\n</pre>";
    private static final TestCertificate CERTIFICATE =
            TestCertificate.root("Test root").issue("127.0.0.1").build();
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final ExecutorService POOL = TaskScope.newPool();

    @AfterAll
    static void close() {
        POOL.shutdownNow();
    }

    @Test
    void plainHttp() throws IOException {
        try (ScriptedServer server = server(false, FoldedHeaderFetchTest::withLength)) {
            fetchTwice("http", server, ProxyConfiguration.NONE);
        }
    }

    @Test
    void tls() throws IOException {
        try (ScriptedServer server = server(true, FoldedHeaderFetchTest::withLength)) {
            fetchTwice("https", server, ProxyConfiguration.NONE);
        }
    }

    @Test
    void keepAliveWithChunksAndTrailersOverTls() throws IOException {
        try (ScriptedServer server = server(true, FoldedHeaderFetchTest::chunked)) {
            fetchTwice("https", server, ProxyConfiguration.NONE);
        }
    }

    @Test
    void keepAliveWithChunksAndTrailersOverPlainHttp() throws IOException {
        try (ScriptedServer server = server(false, FoldedHeaderFetchTest::chunked)) {
            fetchTwice("http", server, ProxyConfiguration.NONE);
        }
    }

    @Test
    void afterEarlyHints() throws IOException {
        try (ScriptedServer server = server(true, (out, number) -> {
            write(out, "HTTP/1.1 103 Early Hints\r\nLink: </a>;\r\n rel=preload\r\n\r\n");
            withLength(out, number);
        })) {
            fetchTwice("https", server, ProxyConfiguration.NONE);
        }
    }

    @Test
    void foldedContentLengthDelimitsTheBody() throws IOException {
        try (ScriptedServer server = server(
                false,
                (out, number) -> write(
                        out,
                        "HTTP/1.1 200 OK\r\nContent-Length:\r\n " + BODY.length() + "\r\n" + POLICY + "X-Number: "
                                + number + "\r\n\r\n" + BODY))) {
            fetchTwice("http", server, ProxyConfiguration.NONE);
        }
    }

    @Test
    void forwardingProxy() throws IOException {
        try (ScriptedServer proxy = server(false, FoldedHeaderFetchTest::withLength)) {
            HttpProxy httpProxy =
                    new HttpProxy("http", new HostAndPort("127.0.0.1", proxy.port()), Optional.empty(), List.of());
            try (ScriptedServer unused = ScriptedServer.silent()) {
                fetchTwice("http", unused, new ProxyConfiguration(List.of(httpProxy)));
                assertEquals(0, unused.connectionCount());
            }
        }
    }

    /** Sends two requests over one connection, so that the second response shows where the first one ended. */
    private static void fetchTwice(String scheme, ScriptedServer server, ProxyConfiguration proxies)
            throws IOException {
        String url = scheme + "://127.0.0.1:" + server.port() + "/";
        try (TaskScope tasks = new TaskScope(POOL)) {
            ScanOptions options = ScanOptions.defaults();
            ScanHostResolver addresses = new ScanHostResolver(new SystemNameResolver(), List.of(), tasks);
            Dialer dialer = new Dialer(
                    ConnectionPolicy.of(AddressPolicy.ALLOW_ALL, addresses),
                    options.connectTimeout(),
                    addresses,
                    proxies);
            Target target = Target.parse(url);
            try (HttpFetcher fetcher = new HttpFetcher(
                    HTTP,
                    target,
                    options,
                    Deadline.in(Duration.ofSeconds(60)),
                    dialer,
                    new TrustStore(RootCertificates.of(RootStoreChoice.BROWSERS, List.of()), Instant.now()))) {
                for (String number : List.of("1", "2")) {
                    Response response = fetcher.fetch(FetchRequest.page(HttpUrl.get(url)))
                            .response()
                            .orElseThrow();
                    assertEquals(List.of(UNFOLDED), response.headers().all("Content-Security-Policy"));
                    assertEquals(List.of(number), response.headers().all("X-Number"));
                    assertEquals(BODY, response.body().text());
                }
            }
        }
    }

    private interface NumberedResponse {
        void send(OutputStream out, int number) throws IOException;
    }

    /** Starts a server that responds to several requests on one connection; the responses are numbered from 1. */
    private static ScriptedServer server(boolean tls, NumberedResponse response) {
        return new ScriptedServer(connection -> {
            Socket socket = tls ? secure(connection) : connection;
            for (int number = 1; readRequest(socket.getInputStream()); number++) {
                response.send(socket.getOutputStream(), number);
                socket.getOutputStream().flush();
            }
        });
    }

    private static Socket secure(Socket connection) throws IOException {
        SSLSocket socket = (SSLSocket)
                CERTIFICATE.serverContext().getSocketFactory().createSocket(connection, "127.0.0.1", 0, true);
        socket.setUseClientMode(false);
        return socket;
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            request.append((char) next);
            if (request.toString().endsWith("\r\n\r\n")) {
                return true;
            }
        }
        return false;
    }

    private static void withLength(OutputStream out, int number) throws IOException {
        write(
                out,
                "HTTP/1.1 200 OK\r\n" + POLICY + "X-Number: " + number + "\r\nContent-Length: " + BODY.length()
                        + "\r\n\r\n" + BODY);
    }

    private static void chunked(OutputStream out, int number) throws IOException {
        write(
                out,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n chunked\r\n" + POLICY + "X-Number:\r\n " + number
                        + "\r\n\r\n");
        for (String part : List.of(BODY.substring(0, 5), BODY.substring(5, 8), BODY.substring(8))) {
            write(out, Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
            out.flush();
        }
        write(out, "0\r\nX-Trailer: 1\r\n folded\r\n\r\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(RawServer.latin1(text));
    }
}
