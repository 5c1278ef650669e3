package dev.websentry.engine.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.job.JobResult;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanJob;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.job.SiteResult;
import dev.websentry.engine.report.Report;
import dev.websentry.testsite.ProxyServer;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteScannerTest {
    private static final String KEY = "ss_the-key-that-nobody-sees-0123456789";
    private static final String ID = "e926f8e2d15bf967ea36e5481a888289";
    private static final String STARTED =
            "{\"ok\":true,\"scanId\":\"" + ID + "\",\"url\":\"example.com\",\"grade\":\"B\",\"score\":76}";

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    /** Returns a report with only the documented fields. */
    private static String documented(String... keys) {
        String categories = Stream.of(keys)
                .map(key -> "\"" + key + "\":{\"name\":\"" + key + "\",\"score\":25,\"maxScore\":30,\"grade\":\"A\","
                        + "\"checks\":[{\"name\":\"HTTPS Available\",\"status\":\"pass\",\"value\":\"Yes\","
                        + "\"description\":\"Site is accessible over HTTPS.\"}]}")
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return "{\"ok\":true,\"scan\":{\"id\":\"" + ID + "\",\"url\":\"example.com\",\"grade\":\"B\",\"score\":76,"
                + "\"results\":{\"url\":\"example.com\",\"scannedAt\":\"2026-02-14T12:00:00.000Z\",\"durationMs\":2340,"
                + "\"grade\":\"B\",\"score\":76,\"categories\":{" + categories
                + "}},\"created_at\":\"2026-02-14T12:00:00\"}}";
    }

    private static final String COMPLETE = documented("ssl", "headers", "cookies", "redirects", "dns", "server");

    private static TestSite api(
            Function<RecordedRequest, MockResponse> post, Function<RecordedRequest, MockResponse> get) {
        return TestSite.http(request -> request.getMethod().equals("POST") ? post.apply(request) : get.apply(request));
    }

    private static RemoteServer server(
            String base, Optional<String> key, Duration timeout, ProxyConfiguration proxies) {
        return new RemoteServer(
                RemoteServer.baseUrl(base), key, "apiKey", timeout, Duration.ofSeconds(30), "test", proxies);
    }

    private static RemoteServer server(TestSite api) {
        return server(
                "http://127.0.0.1:" + api.port(), Optional.of(KEY), Duration.ofSeconds(60), ProxyConfiguration.NONE);
    }

    private static Report scan(RemoteServer server) throws ScanException {
        try (RemoteScanner scans = new RemoteScanner(server)) {
            return scans.scan(Target.parse("example.com"));
        }
    }

    private static ScanException error(RemoteServer server) {
        ScanException error = assertThrows(ScanException.class, () -> scan(server));
        assertFalse(String.valueOf(error.getMessage()).contains(KEY), error.getMessage());
        assertEquals(1, String.valueOf(error.getMessage()).lines().count(), error.getMessage());
        return error;
    }

    @Test
    void startsAScanAndFetchesItsReport() throws Exception {
        try (TestSite api = api(request -> json(200, STARTED), request -> json(200, COMPLETE))) {
            RemoteServer server = server(
                    "http://127.0.0.1:" + api.port() + "/base/",
                    Optional.of(KEY),
                    Duration.ofSeconds(60),
                    ProxyConfiguration.NONE);
            Report report = scan(server);
            assertEquals(76, report.score());
            assertEquals(ID, report.id());
            assertTrue(report.complete());
            RecordedRequest post = api.takeRequest();
            assertEquals("POST", post.getMethod());
            assertEquals("/base/api/scan", post.getUrl().encodedPath());
            assertEquals("{\"url\":\"example.com\"}", post.getBody().utf8());
            assertEquals("application/json", post.getHeaders().get("Content-Type"));
            assertEquals(KEY, post.getHeaders().get("Authorization"));
            RecordedRequest get = api.takeRequest();
            assertEquals("/base/api/scan/" + ID + "/json", get.getUrl().encodedPath());
            assertEquals(KEY, get.getHeaders().get("Authorization"));
        }
    }

    @Test
    void requestWithoutApiKeyIsAnonymous() throws Exception {
        try (TestSite api = api(request -> json(200, STARTED), request -> json(200, COMPLETE))) {
            scan(server(
                    "http://127.0.0.1:" + api.port(),
                    Optional.empty(),
                    Duration.ofSeconds(60),
                    ProxyConfiguration.NONE));
            assertNull(api.takeRequest().getHeaders().get("Authorization"));
        }
    }

    @Test
    void reportWithoutACategoryIsIncomplete() throws Exception {
        try (TestSite api = api(request -> json(200, STARTED), request -> json(200, documented("ssl", "headers")))) {
            assertFalse(scan(server(api)).complete());
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "-", textBlock = """
            400 | invalid_url     | SERVER_FAILED   | cannot scan this URL (400): details
            400 | unresolvable    | UNRESOLVABLE    | reports: details
            400 | unreachable     | UNREACHABLE     | reports: details
            400 | blocked_address | BLOCKED_ADDRESS | reports: details
            401 | unauthorized    | SERVER_FAILED   | rejected the API key (401): details; set a valid API key with apiKey
            403 | forbidden_plan  | SERVER_FAILED   | does not allow scans with this API key (403): details; the account needs a plan
            404 | not_found       | SERVER_FAILED   | has no scan API at this URL, or the scan no longer exists (404)
            429 | rate_limited    | SERVER_FAILED   | limits the number of scans (429): details; scan later
            500 | internal        | SERVER_FAILED   | failed (500): details; scan later, or check the log of the server
            502 | -               | SERVER_FAILED   | failed (502)
            418 | -               | SERVER_FAILED   | responded with status 418: details; check that the URL is that of a WebSentry
            """)
    void apiErrorIsReportedOnOneLine(int status, String code, ScanFailureReason reason, String message) {
        String body = "{\"ok\":false,\"error\":\"details\",\"code\":\"" + code + "\"}";
        try (TestSite api = api(request -> json(status, body), request -> json(200, COMPLETE))) {
            ScanException error = error(server(api));
            assertEquals(reason, error.reason());
            assertTrue(
                    error.getMessage()
                            .startsWith("the WebSentry server http://127.0.0.1:" + api.port() + " " + message),
                    error.getMessage());
            assertEquals(1, api.requestCount());
        }
    }

    @Test
    void reasonIsMoreExactThanTheCode() {
        String body = "{\"ok\":false,\"error\":\"details\",\"code\":\"unreachable\",\"reason\":\"timed_out\"}";
        try (TestSite api = api(request -> json(400, body), request -> json(200, COMPLETE))) {
            assertEquals(ScanFailureReason.TIMED_OUT, error(server(api)).reason());
        }
    }

    @Test
    void serverMessageCannotForgeLinesOrContainTheApiKey() {
        String body = "{\"ok\":false,\"error\":\"key " + KEY + "\\n[INFO] BUILD SUCCESS\\u001b[31m\"}";
        try (TestSite api = api(request -> json(401, body), request -> json(200, COMPLETE))) {
            String message = error(server(api)).getMessage();
            assertTrue(message.contains("key ***"), message);
            assertFalse(message.contains("\u001b"), message);
        }
    }

    @Test
    void busyServerIsRetriedAfterRetryAfter() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (TestSite api = api(
                request -> requests.incrementAndGet() == 1
                        ? json(503, "{\"ok\":false}")
                                .newBuilder()
                                .setHeader("Retry-After", "1")
                                .build()
                        : json(200, STARTED),
                request -> requests.incrementAndGet() == 3
                        ? json(429, "{\"ok\":false}")
                                .newBuilder()
                                .setHeader("Retry-After", "0")
                                .build()
                        : json(200, COMPLETE))) {
            assertEquals(76, scan(server(api)).score());
            assertEquals(4, api.requestCount());
        }
    }

    @Test
    void retryAfterBeyondTheTimeoutIsAnError() {
        MockResponse limited = json(429, "{\"ok\":false,\"error\":\"Rate limit exceeded.\"}")
                .newBuilder()
                .setHeader("Retry-After", "3600")
                .build();
        try (TestSite api = api(request -> limited, request -> json(200, COMPLETE))) {
            String message = error(server(api)).getMessage();
            assertTrue(message.contains("(429): Rate limit exceeded. (retry after 3600 s); scan later"), message);
            assertEquals(1, api.requestCount());
        }
    }

    @Test
    void redirectIsReportedAndNotFollowed() {
        try (TestSite other = TestSite.http(request -> json(200, STARTED));
                TestSite api = api(
                        request -> TestSite.redirect(307, "http://127.0.0.1:" + other.port() + "/api/scan?key=1"),
                        request -> json(200, COMPLETE))) {
            String message = error(server(api)).getMessage();
            assertTrue(message.contains("redirects (307) to http://127.0.0.1:" + other.port() + "/api/scan"), message);
            assertEquals(0, other.requestCount());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            <html>hello</html>                      | the response is not JSON
            {"ok":true}                             | POST /api/scan returned no scanId
            []                                      | POST /api/scan returned no scanId
            """)
    void undocumentedResponseIsReported(String body, String message) {
        try (TestSite api = api(request -> json(200, body), request -> json(200, COMPLETE))) {
            ScanException error = error(server(api));
            assertEquals(ScanFailureReason.SERVER_FAILED, error.reason());
            assertTrue(error.getMessage().contains(message), error.getMessage());
        }
    }

    @Test
    void invalidReportIsReported() {
        try (TestSite api = api(request -> json(200, STARTED), request -> json(200, "{\"ok\":true,\"scan\":{}}"))) {
            String message = error(server(api)).getMessage();
            assertTrue(message.contains("invalid report: line 1, field \"scan\": missing field \"results\""), message);
        }
    }

    @Test
    void responseThatIsTooLargeIsReported() {
        String huge = " ".repeat(ApiClient.MAX_RESPONSE_BYTES + 1);
        try (TestSite api = api(request -> json(200, huge), request -> json(200, COMPLETE))) {
            String message = error(server(api)).getMessage();
            assertTrue(message.contains("the response is larger than"), message);
        }
    }

    @Test
    void silentServerTimesOut() {
        MockResponse silence = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        try (TestSite api = api(request -> silence, request -> json(200, COMPLETE))) {
            ScanException error = error(server(
                    "http://127.0.0.1:" + api.port(),
                    Optional.of(KEY),
                    Duration.ofSeconds(1),
                    ProxyConfiguration.NONE));
            assertEquals(ScanFailureReason.TIMED_OUT, error.reason());
            assertTrue(error.getMessage().contains("did not finish within 1 s"), error.getMessage());
        }
    }

    /** An interrupt does not end a blocking read. Without the end of its request, the scan would last for an hour. */
    @Test
    @Timeout(60)
    void closingTheScannerEndsARunningScan() {
        MockResponse silence = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        AtomicReference<RemoteScanner> scanner = new AtomicReference<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (TestSite api = api(
                request -> {
                    asked.complete(null);
                    return silence;
                },
                request -> json(200, COMPLETE))) {
            RemoteServer server = server(
                    "http://127.0.0.1:" + api.port(), Optional.of(KEY), Duration.ofHours(1), ProxyConfiguration.NONE);
            scanner.set(new RemoteScanner(server));
            CompletableFuture<Void> closed = asked.thenRun(() -> scanner.get().close());
            Target target = Target.parse("example.com");
            for (int scans = 1; scans <= 2; scans++) {
                ScanException stopped =
                        assertThrows(ScanException.class, () -> scanner.get().scan(target));
                assertEquals(ScanFailureReason.INTERRUPTED, stopped.reason());
            }
            closed.join();
        }
    }

    /** OkHttp ends with an undeclared exception and without the interrupt status if it is interrupted as it connects. */
    @Test
    void aScanOfAnInterruptedThreadIsInterrupted() {
        try (TestSite api = api(request -> json(200, STARTED), request -> json(200, COMPLETE))) {
            Thread.currentThread().interrupt();
            try {
                assertEquals(ScanFailureReason.INTERRUPTED, error(server(api)).reason());
            } finally {
                assertTrue(Thread.interrupted());
            }
        }
    }

    /** The number of nanoseconds until this date does not fit into a long. */
    @Test
    void retryAfterInADistantYearIsAnError() {
        MockResponse busy = json(503, "{\"ok\":false}")
                .newBuilder()
                .setHeader("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")
                .build();
        try (TestSite api = api(request -> busy, request -> json(200, COMPLETE))) {
            assertEquals(ScanFailureReason.SERVER_FAILED, error(server(api)).reason());
        }
    }

    @Test
    void unreachableServerIsReported() {
        ScanException error =
                error(server("http://127.0.0.1:1", Optional.of(KEY), Duration.ofSeconds(60), ProxyConfiguration.NONE));
        assertEquals(ScanFailureReason.SERVER_FAILED, error.reason());
        assertTrue(error.getMessage().contains("http://127.0.0.1:1 cannot be reached"), error.getMessage());
    }

    @Test
    void apiKeyIsNotSentToAServerWithAnUntrustedCertificate() {
        TestCertificate untrusted =
                TestCertificate.root("Nobody").issue("127.0.0.1").build();
        try (TestSite api = TestSite.https(untrusted.serverContext(), request -> json(200, STARTED))) {
            ScanException error = error(server(
                    "https://127.0.0.1:" + api.port(),
                    Optional.of(KEY),
                    Duration.ofSeconds(60),
                    ProxyConfiguration.NONE));
            assertTrue(error.getMessage().contains("cannot be reached: TLS failed: "), error.getMessage());
            assertEquals(0, api.requestCount());
        }
    }

    @Test
    void proxyIsUsedForTheServer() throws Exception {
        BasicCredentials user = new BasicCredentials("builder", "s3cret");
        try (TestSite api = api(request -> json(200, STARTED), request -> json(200, COMPLETE));
                ProxyServer proxy = new ProxyServer(
                        Map.of("127.0.0.1:" + api.port(), api.port()),
                        ProxyServer.ProxyBehavior.FORWARD,
                        Optional.of(user.authorizationHeader()))) {
            HttpProxy through =
                    new HttpProxy("http", new HostAndPort("127.0.0.1", proxy.port()), Optional.of(user), List.of());
            scan(server(
                    "http://127.0.0.1:" + api.port(),
                    Optional.of(KEY),
                    Duration.ofSeconds(60),
                    new ProxyConfiguration(List.of(through))));
            assertTrue(
                    proxy.requests().contains("GET http://127.0.0.1:" + api.port() + "/api/scan/" + ID + "/json"),
                    proxy.requests().toString());
        }
    }

    @Test
    void remoteScanSupportsTheQualityGateAndAllFormats(@TempDir Path folder) throws Exception {
        List<String> progress = new ArrayList<>();
        try (TestSite api = api(request -> json(200, STARTED), request -> json(200, COMPLETE))) {
            JobResult result = ScanJob.run(
                    ScanRequest.parse(new RawOptions(Option::key)
                            .set(Option.URL, "example.com")
                            .set(Option.SERVER, "http://127.0.0.1:" + api.port())
                            .set(Option.API_KEY, KEY)
                            .set(Option.FAIL_BELOW, "A")
                            .set(Option.FORMATS, List.of("json", "html", "sarif", "junit", "markdown", "badge"))
                            .set(Option.OUTPUT_DIRECTORY, folder.toString())),
                    site -> progress.add(site.progressLine()));
            SiteResult.GradedSite site = result.graded().get(0);
            assertEquals(List.of("example.com: grade B (76) is below A (80)"), result.gateFailures());
            String summary = String.join("\n", site.summary());
            assertTrue(summary.contains("the server does not report whether the scan is complete"), summary);
            assertEquals(6, site.files().size());
            for (Path file : site.files()) {
                assertFalse(Files.readString(file).contains(KEY), file.toString());
            }
            assertFalse((summary + progress).contains(KEY));
        }
    }

    @Test
    void serverErrorIsAFailedScan(@TempDir Path folder) throws Exception {
        try (TestSite api =
                api(request -> json(401, "{\"ok\":false,\"error\":\"no\"}"), request -> json(200, COMPLETE))) {
            JobResult result = ScanJob.run(
                    ScanRequest.parse(new RawOptions(Option::key)
                            .set(Option.URL, "example.com")
                            .set(Option.SERVER, "http://127.0.0.1:" + api.port())
                            .set(Option.API_KEY, KEY)
                            .set(Option.OUTPUT_DIRECTORY, folder.toString())),
                    site -> {});
            assertEquals(1, result.errors().size());
            assertTrue(
                    result.errors().get(0).contains("could not be scanned (server_failed)"),
                    result.errors().get(0));
            assertTrue(
                    Files.readString(folder.resolve("report.error.json")).contains("\"reason\" : \"server_failed\""));
        }
    }
}
