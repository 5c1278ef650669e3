package dev.websentry.engine.probe.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.recording.RecordingRoundTrip;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Tests every row of the headers, cookies, redirects and server tables with complete scans over HTTP/2 and HTTP/1.1.
 */
@Timeout(120)
class CheckTableTest {
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final List<StubSite> SITES = StubSites.all();
    private static final Map<String, Future<Map<String, CheckVerdict>>> SEEN = new HashMap<>();
    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    /** Scans all sites concurrently. One pair of servers serves all sites, distinguished by their host names. */
    @BeforeAll
    static void scan() throws IOException {
        TestCertificate certificate = ROOT.issue(names()).build();
        TestSite plain = kept(TestSite.http(request -> site(request).plain(request)));
        int silent = kept(new SilentPort()).port();
        Scanner scanner = kept(new Scanner());
        ExecutorService pool = Executors.newFixedThreadPool(8);
        OPEN.add(0, pool::shutdownNow);
        for (Protocol protocol : List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)) {
            TestSite https = kept(TestSite.https(
                    certificate.serverContext(),
                    request -> site(request).secure(request),
                    protocol == Protocol.HTTP_2
                            ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                            : List.of(Protocol.HTTP_1_1),
                    "127.0.0.1"));
            for (StubSite site : sites(protocol)) {
                ScanOptions options = options(site, https.port(), plain.port(), silent);
                String target = site.target().replace("PORT", String.valueOf(https.port()));
                SEEN.put(protocol + site.host(), pool.submit(() -> {
                    Map<String, CheckVerdict> verdicts = new HashMap<>();
                    CheckCatalog.standard()
                            .evaluate(RecordingRoundTrip.assertSameReport(
                                    scanner.observe(Target.parse(target), options, ScanProgressListener.NONE)))
                            .forEach(judged -> verdicts.put(judged.definition().id(), judged.verdict()));
                    return verdicts;
                }));
            }
        }
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable open : OPEN) {
            open.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachRowHasTheExpectedResult() {
        return Stream.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                .flatMap(protocol -> sites(protocol).stream()
                        .flatMap(site -> site.expectedResults().stream()
                                .map(row -> DynamicTest.dynamicTest(
                                        protocol + " " + site.host() + ": " + row.check() + " is "
                                                + row.expectedStatus(),
                                        () -> holds(row, protocol, site)))));
    }

    /** Returns the sites for a protocol: large sites use both protocols, the others only one, to save time. */
    private static List<StubSite> sites(Protocol protocol) {
        return IntStream.range(0, SITES.size())
                .filter(i ->
                        SITES.get(i).expectedResults().size() > 10 || i % 2 == (protocol == Protocol.HTTP_2 ? 0 : 1))
                .mapToObj(SITES::get)
                .toList();
    }

    private static void holds(StubSite.ExpectedResult row, Protocol protocol, StubSite site) throws Exception {
        CheckVerdict verdict = SEEN.get(protocol + site.host()).get().get(row.check());
        assertEquals(row.expectedStatus(), verdict.outcome(), verdict.value());
        assertTrue(verdict.value().contains(row.expectedText()), verdict.value());
    }

    private static ScanOptions options(StubSite site, int https, int http, int silent) {
        List<ResolveOverride> resolve = new ArrayList<>();
        int plain = site.isFiltered() ? silent : site.isClosed() ? 9 : http;
        override(resolve, site.host(), 443, https);
        override(resolve, site.host(), 80, plain);
        // An address has no www name.
        if (!site.host().equals("127.0.0.1")) {
            override(resolve, "www." + site.host(), 443, site.wwwHasHttps() ? https : 9);
            override(resolve, "www." + site.host(), 80, http);
        }
        if (!site.host().equals("bad.test")) {
            // One site redirects to bad.test.
            override(resolve, "bad.test", 443, https);
        }
        return ScanOptions.builder()
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .caCertificates(List.of(ROOT.certificate()))
                .connectTimeout(Duration.ofMillis(site.isFiltered() ? 700 : 5000))
                .probePaths(site.probesPaths())
                .resolve(resolve)
                .build();
    }

    private static void override(List<ResolveOverride> resolve, String host, int port, int dialled) {
        resolve.add(ResolveOverride.parse(host + ":" + port + ":127.0.0.1:" + dialled));
    }

    private static StubSite site(RecordedRequest request) {
        String host = request.getUrl().host();
        return SITES.stream()
                .filter(site -> host.equals(site.host()) || host.equals("www." + site.host()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no site named " + host));
    }

    private static String[] names() {
        return SITES.stream()
                .flatMap(site -> site.wwwHasCertificate()
                        ? Stream.of(site.host(), "www." + site.host())
                        : Stream.of(site.host()))
                .filter(name -> !name.startsWith("www.127"))
                .toArray(String[]::new);
    }

    private static <T extends AutoCloseable> T kept(T open) {
        OPEN.add(open);
        return open;
    }
}
