package dev.websentry.engine.probe.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Header;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Complete scans of sites over real sockets. */
class SiteProbeTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestCertificate CERTIFICATE =
            ROOT.issue("www.example.com", "example.com").build();
    private static Scanner scanner;

    @BeforeAll
    static void open() {
        scanner = new Scanner();
    }

    @AfterAll
    static void close() {
        scanner.close();
    }

    private static ScanOptions.Builder options(int https, int http) {
        return ScanOptions.builder()
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .caCertificates(List.of(ROOT.certificate()))
                .resolve(Stream.of("www.example.com", "example.com")
                        .flatMap(host -> Stream.of(
                                ResolveOverride.parse(host + ":443:127.0.0.1:" + https),
                                ResolveOverride.parse(host + ":80:127.0.0.1:" + http)))
                        .toList());
    }

    private static CheckOutcome outcome(ScanObservations seen, String id) {
        return CheckCatalog.standard().evaluate(seen).stream()
                .filter(judged -> judged.definition().id().equals(id))
                .map(EvaluatedCheck::verdict)
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private static String path(RecordedRequest request) {
        return request.getUrl().encodedPath();
    }

    private static MockResponse good(RecordedRequest request) {
        if (request.getUrl().host().equals("example.com")) {
            return TestSite.redirect(301, "https://www.example.com/");
        }
        return path(request).equals("/")
                ? TestSite.page("hello")
                        .newBuilder()
                        .addHeader("Set-Cookie", "__Host-sid=1; Secure; HttpOnly; SameSite=Lax; Path=/")
                        .build()
                : TestSite.notFound();
    }

    private static MockResponse toHttps(RecordedRequest request) {
        return TestSite.redirect(301, "https://" + request.getUrl().host() + path(request));
    }

    private static ScanObservations observe(
            List<Protocol> protocols,
            Function<RecordedRequest, MockResponse> secure,
            Function<RecordedRequest, MockResponse> plain)
            throws ScanException {
        try (TestSite https = TestSite.https(CERTIFICATE.serverContext(), secure, protocols, "127.0.0.1");
                TestSite http = TestSite.http(plain)) {
            return scanner.observe(
                    Target.parse("www.example.com"),
                    options(https.port(), http.port()).build(),
                    ScanProgressListener.NONE);
        }
    }

    private static ScanObservations observe(Function<RecordedRequest, MockResponse> secure) throws ScanException {
        return observe(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), secure, SiteProbeTest::toHttps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "http/1.1"})
    void aGoodSitePassesEveryCheck(String protocol) throws ScanException {
        List<Protocol> protocols =
                protocol.equals("h2") ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1);
        ScanObservations seen = observe(protocols, SiteProbeTest::good, SiteProbeTest::toHttps);
        assertEquals(protocol, seen.site().page().value().response().protocol());
        for (String id : List.of(
                "cookies.secure",
                "cookies.http-only",
                "cookies.same-site",
                "cookies.scope",
                "redirects.https",
                "redirects.permanence",
                "redirects.chain",
                "redirects.www",
                "server.banner",
                "server.technology",
                "server.sensitive-paths",
                "server.error-pages")) {
            assertEquals(CheckOutcome.PASS, outcome(seen, id), id);
        }
        assertTrue(seen.site().cors().isSeen());
    }

    @Test
    void aBadSiteFailsEveryCheck() throws ScanException {
        ScanObservations seen = observe(
                List.of(Protocol.HTTP_2, Protocol.HTTP_1_1),
                request -> switch (path(request)) {
                    case "/" -> TestSite.redirect(302, "/gone");
                    case "/.env" ->
                        new MockResponse.Builder()
                                .setHeader("Content-Type", "text/plain")
                                .body("DB_PASSWORD=x\n")
                                .build();
                    case "/gone" ->
                        TestSite.notFound()
                                .newBuilder()
                                .addHeader("Set-Cookie", "__Host-sid=1; Domain=example.com; SameSite=Maybe")
                                .addHeader("Server", "Apache/2.4.41 (Ubuntu)")
                                .addHeader("X-Powered-By", "PHP/7.4.3")
                                .build();
                    default ->
                        new MockResponse.Builder()
                                .code(500)
                                .body("Traceback (most recent call last):\n")
                                .build();
                },
                request -> TestSite.page("served in clear"));
        for (String id : List.of(
                "cookies.secure",
                "cookies.http-only",
                "cookies.same-site",
                "cookies.scope",
                "redirects.https",
                "redirects.permanence",
                "redirects.chain",
                "server.banner",
                "server.technology",
                "server.sensitive-paths",
                "server.error-pages")) {
            assertEquals(CheckOutcome.FAIL, outcome(seen, id), id);
        }
        assertEquals(CheckOutcome.WARN, outcome(seen, "redirects.www"));
    }

    @Test
    void anApplicationThatAnswersEveryPathLeaksNothing() throws ScanException {
        ScanObservations seen = observe(request -> TestSite.page("<div id=app></div>"));
        assertEquals(CheckOutcome.PASS, outcome(seen, "server.sensitive-paths"));
    }

    @Test
    void aLoginWallLeaksNothing() throws ScanException {
        ScanObservations seen = observe(
                request -> path(request).equals("/login") ? TestSite.page("login") : TestSite.redirect(302, "/login"));
        assertEquals(CheckOutcome.PASS, outcome(seen, "server.sensitive-paths"));
    }

    @Test
    void twentySensitivePathsShareOneConnection() throws ScanException {
        List<Integer> connections = new ArrayList<>();
        ScanObservations seen = observe(request -> {
            if (request.getUrl().host().equals("www.example.com")) {
                synchronized (connections) {
                    connections.add(request.getConnectionIndex());
                }
            }
            return good(request);
        });
        assertEquals(20, seen.site().leakage().value().paths().size());
        // The chain from plain http may open a second connection before the first is known to use HTTP/2.
        assertTrue(connections.stream().distinct().count() <= 2, connections.toString());
    }

    @Test
    void aSiteThatRefusesTwiceFailsTheScan() {
        for (int status : new int[] {429, 500, 503}) {
            ScanException refused = assertThrows(
                    ScanException.class,
                    () -> observe(
                            request -> new MockResponse.Builder().code(status).build()));
            assertEquals(ScanException.ScanFailureReason.REFUSED_BY_SITE, refused.reason());
        }
    }

    @Test
    void aBotProtectionPageFailsTheScan() {
        ScanException refused = assertThrows(
                ScanException.class,
                () -> observe(request -> new MockResponse.Builder()
                        .code(403)
                        .setHeader("cf-mitigated", "challenge")
                        .build()));
        assertEquals(ScanException.ScanFailureReason.REFUSED_BY_SITE, refused.reason());
    }

    @Test
    void aChallengePageOfStatus200FailsTheScan() {
        ScanException refused = assertThrows(
                ScanException.class,
                () -> observe(request ->
                        TestSite.page("<div id=challenge-form></div><script>window._cf_chl_opt={cvId:'3'};</script>")));
        assertEquals(ScanException.ScanFailureReason.REFUSED_BY_SITE, refused.reason());
        assertTrue(String.valueOf(refused.getMessage()).contains("Cloudflare"), refused.getMessage());
    }

    @Test
    void aRedirectLoopHasNoFinalPage() throws ScanException {
        ScanObservations seen =
                observe(request -> TestSite.redirect(302, path(request).equals("/") ? "/a" : "/"));
        assertEquals(
                RedirectChain.RedirectChainEnd.LOOP, seen.site().entry().value().end());
        assertFalse(seen.site().page().isSeen());
        assertEquals(CheckOutcome.FAIL, outcome(seen, "redirects.chain"));
    }

    @Test
    void aRedirectLoopThatACookieEndsIsFollowed() throws ScanException {
        ScanObservations seen = observe(request -> request.getHeaders().get("Cookie") != null
                ? TestSite.page("hello")
                : TestSite.redirect(302, "/")
                        .newBuilder()
                        .addHeader("Set-Cookie", "seen=1")
                        .build());
        assertEquals(
                RedirectChain.RedirectChainEnd.ANSWERED,
                seen.site().entry().value().end());
        assertEquals(1, seen.site().entry().value().redirectCount());
    }

    @Test
    void anEndlessChainStopsAfterTwentyRedirects() throws ScanException {
        ScanObservations seen = observe(request -> {
            String path = path(request).substring(1);
            int next = path.matches("[0-9]+") ? Integer.parseInt(path) + 1 : 1;
            return TestSite.redirect(302, "/" + next);
        });
        assertEquals(
                RedirectChain.RedirectChainEnd.TOO_MANY_HOPS,
                seen.site().entry().value().end());
        assertEquals(20, seen.site().entry().value().redirectCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:a@b.org", "http://", "https://[::1", "file:///etc/passwd"})
    void anInvalidLocationEndsTheChain(String location) throws ScanException {
        ScanObservations seen = observe(request -> TestSite.redirect(302, location));
        assertEquals(
                RedirectChain.RedirectChainEnd.INVALID_LOCATION,
                seen.site().entry().value().end());
    }

    @Test
    void configuredHeadersStayOnTheTargetsOwnOrigin() throws ScanException {
        List<String> carriers = new ArrayList<>();
        Function<RecordedRequest, MockResponse> secure = request -> {
            if (request.getHeaders().get("Authorization") != null) {
                synchronized (carriers) {
                    carriers.add(request.getMethod() + " " + request.getUrl().host());
                }
            }
            return request.getUrl().host().equals("www.example.com")
                            && path(request).equals("/")
                    ? TestSite.redirect(302, "https://example.com/elsewhere")
                    : TestSite.page("hello");
        };
        try (TestSite https = TestSite.https(CERTIFICATE.serverContext(), secure);
                TestSite http = TestSite.http(request -> {
                    assertEquals(null, request.getHeaders().get("Authorization"));
                    return toHttps(request);
                })) {
            ScanOptions options = options(https.port(), http.port())
                    .headers(List.of(new Header("Authorization", "Bearer s3cret")))
                    .build();
            scanner.observe(Target.parse("www.example.com"), options, ScanProgressListener.NONE);
            assertTrue(carriers.contains("GET www.example.com"), carriers.toString());
            assertFalse(carriers.contains("GET example.com"), carriers.toString());
            assertFalse(carriers.contains("TRACE www.example.com"), carriers.toString());
            carriers.clear();
            ScanOptions untrusted = options(https.port(), http.port())
                    .caCertificates(List.of())
                    .headers(List.of(new Header("Authorization", "Bearer s3cret")))
                    .build();
            scanner.observe(Target.parse("www.example.com"), untrusted, ScanProgressListener.NONE);
            assertEquals(List.of(), carriers);
        }
    }
}
