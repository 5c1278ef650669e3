package dev.websentry.engine.probe.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.RootStoreChoice;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Dialer;
import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.net.RootCertificates;
import dev.websentry.engine.net.ScanHostResolver;
import dev.websentry.engine.net.SystemNameResolver;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.TrustStore;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.testsite.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests to malicious servers over real sockets: each response is limited in size and time. */
@Timeout(120)
class HostileServerFetchTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final ExecutorService POOL = TaskScope.newPool();

    @AfterAll
    static void close() {
        POOL.shutdownNow();
    }

    private static HttpExchange fetch(RawServer.RawResponseScript script) throws IOException {
        return fetch(script, Duration.ofSeconds(60));
    }

    private static HttpExchange fetch(RawServer.RawResponseScript script, Duration deadline) throws IOException {
        try (RawServer server = new RawServer(script)) {
            return fetch(server.port(), deadline);
        }
    }

    private static HttpExchange fetch(int port, Duration deadline) throws IOException {
        return fetch(port, deadline, ScanOptions.defaults());
    }

    private static HttpExchange fetch(int port, Duration deadline, ScanOptions options) throws IOException {
        HttpUrl url = HttpUrl.get("http://127.0.0.1:" + port + "/");
        return withFetcher(url, deadline, options, fetcher -> fetcher.fetch(FetchRequest.page(url)));
    }

    private static HttpExchange withFetcher(
            HttpUrl url, Duration deadline, ScanOptions options, Function<HttpFetcher, HttpExchange> request)
            throws IOException {
        try (TaskScope tasks = new TaskScope(POOL)) {
            ScanHostResolver addresses = new ScanHostResolver(new SystemNameResolver(), List.of(), tasks);
            Dialer dialer = new Dialer(AddressPolicy.ALLOW_ALL, options.connectTimeout(), addresses);
            Target target = Target.parse(url.toString());
            try (HttpFetcher fetcher = new HttpFetcher(HTTP, target, options, Deadline.in(deadline), dialer, trust())) {
                return request.apply(fetcher);
            }
        }
    }

    private static Response response(RawServer.RawResponseScript script) throws IOException {
        return fetch(script).response().orElseThrow();
    }

    private static Failure.RequestFailureKind failure(RawServer.RawResponseScript script) throws IOException {
        return fetch(script).failure().orElseThrow().kind();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(RawServer.latin1(text));
    }

    @Test
    void endlessHeadersLoseTheConnection() throws IOException {
        Failure.RequestFailureKind kind = failure((path, out) -> {
            write(out, OK);
            while (true) {
                write(out, "X-More: " + "x".repeat(1000) + "\r\n");
            }
        });
        assertEquals(Failure.RequestFailureKind.CONNECTION_LOST, kind);
    }

    @Test
    void aConnectionThatIsClosedWithoutAResponseIsClosed() throws IOException {
        assertEquals(Failure.RequestFailureKind.CLOSED, failure((path, out) -> {}));
    }

    @Test
    void aConnectionThatIsResetWithoutAResponseIsClosed() throws Exception {
        Thread resetting;
        HttpExchange exchange;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            resetting = new Thread(() -> resetAll(server));
            resetting.start();
            exchange = fetch(server.getLocalPort(), Duration.ofSeconds(60));
        }
        resetting.join();
        assertEquals(
                Failure.RequestFailureKind.CLOSED,
                exchange.failure().orElseThrow().kind());
    }

    private static void resetAll(ServerSocket server) {
        try {
            while (true) {
                Socket connection = server.accept();
                connection.setSoLinger(true, 0);
                connection.close();
            }
        } catch (IOException e) {
            // The test closes the server.
        }
    }

    @Test
    void aResponseThatEndsWithinItsBodyIsAResponse() throws IOException {
        assertEquals(
                200,
                response((path, out) -> write(out, OK + "Content-Length: 10\r\n\r\nabc"))
                        .status());
    }

    @Test
    void aResponseThatEndsWithinItsStatusLineIsLost() throws IOException {
        assertEquals(Failure.RequestFailureKind.CONNECTION_LOST, failure((path, out) -> write(out, "HTTP/1.1 2")));
    }

    @Test
    void tenThousandCookiesWithinTheLimitAreRead() throws IOException {
        Response response = response((path, out) -> {
            StringBuilder head = new StringBuilder(OK);
            for (int i = 0; i < 10_000; i++) {
                head.append("Set-Cookie: c").append(i).append("=1\r\n");
            }
            write(out, head + "Content-Length: 0\r\n\r\n");
        });
        assertEquals(10_000, response.headers().all("Set-Cookie").size());
    }

    @Test
    void onlyTheFirstMegabyteOfALargeBodyIsRead() throws IOException {
        Response response = response((path, out) -> {
            write(out, OK + "Content-Length: 104857600\r\n\r\n");
            byte[] chunk = new byte[1 << 16];
            for (int i = 0; i < 1600; i++) {
                out.write(chunk);
            }
        });
        assertEquals(FetchRequest.MAX_PAGE_BYTES, response.body().text().length());
        assertTrue(response.truncated());
    }

    @Test
    void aGzipBombIsTruncatedAtTheLimit() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 50; i++) {
                gzip.write(zeros);
            }
        }
        Response response = response((path, out) -> {
            write(out, OK + "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
            out.write(bomb.toByteArray());
        });
        assertEquals(FetchRequest.MAX_PAGE_BYTES, response.body().text().length());
        assertTrue(response.truncated());
    }

    @Test
    void aSlowBodyIsTruncatedAtTheDeadline() throws IOException {
        long began = System.nanoTime();
        HttpExchange exchange = fetch(
                (path, out) -> {
                    write(out, OK + "Content-Length: 1000000\r\n\r\n");
                    while (true) {
                        write(out, "x");
                        out.flush();
                        TimeUnit.MILLISECONDS.sleep(100);
                    }
                },
                Duration.ofSeconds(4));
        // Without the deadline, the request would end after ten seconds.
        assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(10));
        Response response = exchange.response().orElseThrow();
        assertTrue(response.truncated());
        assertTrue(response.body().text().startsWith("x"));
    }

    @Test
    void slowHeadersTimeOut() throws IOException {
        HttpExchange exchange = fetch(
                (path, out) -> {
                    while (true) {
                        write(out, "H");
                        out.flush();
                        TimeUnit.MILLISECONDS.sleep(100);
                    }
                },
                Duration.ofSeconds(1));
        assertEquals(
                Failure.RequestFailureKind.READ_TIMED_OUT,
                exchange.failure().orElseThrow().kind());
    }

    /**
     * Cancels requests before they connect, as they connect, and while they wait. The connect timeout has not passed, so
     * that the port may be open.
     */
    @Test
    void aConnectionThatIsNotMadeBeforeTheDeadlineIsNoSignOfAFilter() throws IOException {
        try (SilentPort silent = new SilentPort()) {
            for (int millis : new int[] {1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 10, 20, 300}) {
                assertEquals(
                        Failure.RequestFailureKind.READ_TIMED_OUT,
                        fetch(silent.port(), Duration.ofMillis(millis))
                                .failure()
                                .orElseThrow()
                                .kind());
            }
        }
    }

    @Test
    void aConnectionThatIsNotMadeWithinTheConnectTimeoutTimesOut() throws IOException {
        try (SilentPort silent = new SilentPort()) {
            ScanOptions options =
                    ScanOptions.builder().connectTimeout(Duration.ofMillis(100)).build();
            HttpExchange exchange = fetch(silent.port(), Duration.ofSeconds(60), options);
            assertEquals(
                    Failure.RequestFailureKind.CONNECT_TIMED_OUT,
                    exchange.failure().orElseThrow().kind());
        }
    }

    /** Checks rely on such a failure only if it occurred twice. */
    @Test
    void aFailureThatCannotBeRepeatedIsATimeout() throws IOException {
        try (RawServer server = new RawServer((path, out) -> {})) {
            FetchRequest page = FetchRequest.page(HttpUrl.get("http://127.0.0.1:" + server.port() + "/"));
            assertEquals(Failure.RequestFailureKind.CLOSED, kindAfterRetry(page, Duration.ofSeconds(60)));
            assertEquals(Failure.RequestFailureKind.READ_TIMED_OUT, kindAfterRetry(page, Duration.ZERO));
        }
    }

    private static Failure.RequestFailureKind kindAfterRetry(FetchRequest page, Duration timeForRetry)
            throws IOException {
        return withFetcher(
                        page.url(),
                        Duration.ofSeconds(60),
                        ScanOptions.defaults(),
                        fetcher -> new RedirectFollower(fetcher, Deadline.in(timeForRetry)).fetchWithRetry(page))
                .failure()
                .orElseThrow()
                .kind();
    }

    @Test
    void garbageIsNotHttp() throws IOException {
        assertEquals(
                Failure.RequestFailureKind.MALFORMED, failure((path, out) -> write(out, "<html>hello</html>\r\n\r\n")));
        assertEquals(
                Failure.RequestFailureKind.MALFORMED,
                failure((path, out) -> write(out, "SSH-2.0-OpenSSH_9.6\r\n\r\n")));
    }

    @Test
    void aCarriageReturnWithoutALineFeedDoesNotSplitAField() throws IOException {
        Response response = response((path, out) -> write(out, OK + "X-A: one\rX-B: two\r\nContent-Length: 0\r\n\r\n"));
        assertTrue(response.headers().all("X-B").isEmpty());
        assertEquals(1, response.headers().all("X-A").size());
    }

    @Test
    void controlAndNonAsciiBytesAreHandled() throws IOException {
        Response response = response((path, out) ->
                write(out, OK + "X-A: \u0001\u00e9\u00ff\u001b[31m\r\n: empty\r\nContent-Length: 0\r\n\r\n"));
        assertEquals(200, response.status());
        assertEquals(1, response.headers().all("X-A").size());
    }

    private static TrustStore trust() {
        return new TrustStore(RootCertificates.of(RootStoreChoice.BROWSERS, List.of()), Instant.now());
    }
}
