package dev.websentry.engine.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.Grader;
import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.AddressRange;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure.RequestFailureKind;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.RefusedConnection;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.report.Report;
import dev.websentry.testsite.ProxyServer;
import dev.websentry.testsite.ProxyServer.ProxyBehavior;
import dev.websentry.testsite.RequiresSecondLoopbackAddress;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestCertificateBuilder;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A public target never leads a scan into a private network (OWASP, Server-Side Request Forgery Prevention). In these
 * tests, 127.0.0.1 is a public address; the rest of loopback is the private network of the build.
 */
@RequiresSecondLoopbackAddress
class PrivateNetworkScanTest {
    private static final AddressPolicy POLICY = AddressPolicy.publicStaysPublic(
            AddressPolicy.publicAddressesAnd(List.of(AddressRange.parse("127.0.0.1/32"))));
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final TestZone ZONE = TestZone.of("example.com.", """
                    www A 127.0.0.1
                    @ A 127.0.0.2
                    intranet A 127.0.0.2
                    dual A 127.0.0.1
                    dual A 127.0.0.2
                    private A 127.0.0.2
                    mta-sts A 127.0.0.2
                    @ MX 10 mx
                    _mta-sts TXT "v=STSv1; id=1"
                    """);

    private static Scanner scanner;
    private static TestDnsServer dns;
    private static TestSite intranet;
    private int requestsBefore;

    @BeforeAll
    static void open() {
        scanner = new Scanner();
        dns = TestDnsServer.serving(ZONE);
        intranet = TestSite.http(request -> TestSite.page("intranet"), "127.0.0.2");
    }

    @AfterAll
    static void close() {
        scanner.close();
        dns.close();
        intranet.close();
    }

    @BeforeEach
    void countRequests() {
        requestsBefore = intranet.requestCount();
    }

    private static ScanOptions.Builder options() {
        return ScanOptions.builder()
                .timeout(Duration.ofSeconds(120))
                .connectTimeout(Duration.ofSeconds(30))
                .addressPolicy(POLICY)
                .caCertificates(List.of(ROOT.certificate()))
                .dnsServers(List.of(HostAndPort.parse(dns.server(), 53)));
    }

    private static ScanObservations observe(Target target, ScanOptions options) throws Exception {
        return scanner.observe(target, options, ScanProgressListener.NONE);
    }

    /** Scans a public site whose every page redirects to a URL. */
    private static ScanObservations followRedirect(String location, UnaryOperator<ScanOptions.Builder> change)
            throws Exception {
        try (TestSite site = TestSite.http(request -> TestSite.redirect(302, location))) {
            return observe(
                    Target.parse("http://www.example.com:" + site.port()),
                    change.apply(options()).build());
        }
    }

    private void assertRefused(ScanObservations seen) {
        HttpExchange last = seen.site().entry().value().last();
        assertEquals(
                RequestFailureKind.BLOCKED_ADDRESS, last.failure().orElseThrow().kind(), last.toString());
        assertEquals(0, intranet.requestCount() - requestsBefore);
    }

    private static String value(Report report, String id) {
        return report.categories().stream()
                .flatMap(category -> category.checks().stream())
                .filter(check -> check.label().equals(id))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2:%d/",
                "http://2130706434:%d/",
                "http://intranet.example.com:%d/",
                "http://private.example.com:%d/"
            })
    void aRedirectIntoThePrivateNetworkIsNotFollowed(String location) throws Exception {
        ScanObservations seen = followRedirect(location.formatted(intranet.port()), options -> options);
        assertRefused(seen);
        Report report = Grader.grade(seen, Duration.ZERO);
        assertEquals(
                "Not checked: 127.0.0.2 is not a public address, but the target is public; the option"
                        + " allowPrivateAddresses permits the connection",
                value(report, "headers.csp"));
        assertEquals(false, report.complete());
        assertTrue(
                value(report, "redirects.private-addresses").contains("the scan did not connect to "),
                value(report, "redirects.private-addresses"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://[::1]:%d/"})
    void aRedirectToAMetadataServiceOrLoopbackIsNotFollowed(String location) throws Exception {
        assertRefused(followRedirect(location.formatted(intranet.port()), options -> options));
    }

    @Test
    void theOptionOpensThePrivateNetwork() throws Exception {
        ScanObservations seen = followRedirect(
                "http://intranet.example.com:" + intranet.port() + "/",
                options -> options.addressPolicy(AddressPolicy.ALLOW_ALL));
        assertTrue(seen.site().entry().value().last().response().isPresent());
    }

    @Test
    void aPrivateTargetMayLeadToPrivateAddresses() throws Exception {
        try (TestSite site = TestSite.http(
                request -> TestSite.redirect(302, "http://127.0.0.3:" + intranet.port() + "/"), "127.0.0.2")) {
            ScanObservations seen = observe(
                    Target.parse("http://private.example.com:" + site.port()),
                    options().build());
            // Nothing listens at 127.0.0.3, but the scan tried to connect.
            HttpExchange last = seen.site().entry().value().last();
            assertEquals(
                    RequestFailureKind.REFUSED, last.failure().orElseThrow().kind());
        }
    }

    @Test
    void aTargetWithBothKindsOfAddressesIsPublic() throws Exception {
        try (TestSite site =
                TestSite.http(request -> TestSite.redirect(302, "http://127.0.0.2:" + intranet.port() + "/"))) {
            assertRefused(observe(
                    Target.parse("http://dual.example.com:" + site.port()),
                    options().build()));
        }
    }

    @Test
    void anAddressOfAResolveOverrideWasNamedByTheUserForThisHostAndPortOnly() throws Exception {
        String named = "http://shop.example.com/";
        UnaryOperator<ScanOptions.Builder> override = options ->
                options.resolve(List.of(ResolveOverride.parse("shop.example.com:80:127.0.0.2:" + intranet.port())));
        ScanObservations seen = followRedirect(named, override);
        assertTrue(seen.site().entry().value().last().response().isPresent());
        requestsBefore = intranet.requestCount();
        assertRefused(followRedirect("http://127.0.0.2:" + intranet.port() + "/", override));
    }

    /** Also covers the www name and the MTA-STS policy (RFC 8461 section 3.3), whose hosts the target's DNS names. */
    @Test
    void theWwwNameAndTheMtaStsPolicyAreNotRequestedFromThePrivateNetwork() throws Exception {
        TestCertificate certificate = ROOT.issue("www.example.com").build();
        try (TestSite site = TestSite.https(certificate.serverContext(), request -> TestSite.page("hello"))) {
            ScanObservations seen = observe(
                    Target.parse("www.example.com"),
                    options()
                            .resolve(List.of(
                                    ResolveOverride.parse("www.example.com:443:127.0.0.1:" + site.port()),
                                    ResolveOverride.parse("www.example.com:80:127.0.0.1:1")))
                            .build());
            for (RedirectChain chain : List.of(
                    seen.site().www().value().orElseThrow().secure(),
                    seen.site().www().value().orElseThrow().plain())) {
                assertEquals(
                        RequestFailureKind.BLOCKED_ADDRESS,
                        chain.last().failure().orElseThrow().kind());
            }
            HttpExchange policy = seen.dns().mtaStsPolicy().value().orElseThrow();
            assertEquals(
                    RequestFailureKind.BLOCKED_ADDRESS,
                    policy.failure().orElseThrow().kind());
            Report report = Grader.grade(seen, Duration.ZERO);
            for (String id : List.of("redirects.www", "dns.mta-sts")) {
                String value = value(report, id);
                assertTrue(value.contains("127.0.0.2 is not a public address"), id + ": " + value);
            }
        }
    }

    /** The URLs of AIA (RFC 5280 section 4.2.2.1), OCSP (RFC 6960) and CRLs (RFC 5280 section 4.2.1.13). */
    @ParameterizedTest
    @ValueSource(strings = {"ocsp", "crl", "issuer"})
    void theUrlsOfACertificateAreNotRequestedFromThePrivateNetwork(String kind) throws Exception {
        String url = "http://127.0.0.2:" + intranet.port() + "/" + kind;
        TestCertificate intermediate = ROOT.issueIntermediate("Intermediate").build();
        TestCertificateBuilder leaf = (kind.equals("issuer") ? intermediate : ROOT).issue("www.example.com");
        TestCertificate certificate = (switch (kind) {
                    case "ocsp" -> leaf.ocsp(url);
                    case "crl" -> leaf.crl(url);
                    default -> leaf.caIssuers(url);
                })
                .build();
        try (TestSite site = TestSite.https(
                certificate.serverContext(List.of(certificate.certificate())), request -> TestSite.page("hello"))) {
            ScanObservations seen = observe(
                    Target.parse("https://www.example.com:" + site.port()),
                    options().build());
            assertTrue(
                    seen.refusedConnections().contains(new RefusedConnection("127.0.0.2", "127.0.0.2")),
                    seen.refusedConnections().toString());
            assertEquals(0, intranet.requestCount() - requestsBefore);
        }
    }

    /**
     * RFC 9110 section 7.6: a forwarding proxy requests what it is told to, also in the network of the build. A name of
     * a private network (RFC 6761) may resolve only there.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.2:%d",
                "intranet.example.com:%d",
                "intranet:%d",
                "METADATA.google.internal:%d",
                "wiki.corp.home.arpa:%d"
            })
    void aProxyIsNotAskedForThePrivateNetworkOfAPublicTarget(String place) throws Exception {
        String inside = place.formatted(intranet.port());
        try (TestSite site = TestSite.http(request -> TestSite.redirect(302, "http://" + inside + "/"));
                ProxyServer proxy = proxy("www.example.com:" + site.port(), site.port(), inside)) {
            ScanObservations seen = observe(
                    Target.parse("http://www.example.com:" + site.port()),
                    options().proxies(through(proxy)).build());
            assertRefused(seen);
            assertTrue(
                    proxy.requests().stream().allMatch(request -> request.contains("www.example.com")),
                    proxy.requests().toString());
            assertTrue(
                    seen.refusedConnections().stream()
                            .anyMatch(refused -> inside.toLowerCase(Locale.ROOT).startsWith(refused.host() + ":")),
                    seen.refusedConnections().toString());
        }
    }

    /** Many networks behind a proxy resolve no external names: an ordinary name that is unknown here is left to it. */
    @Test
    void aProxyIsAskedForOrdinaryNamesThatOnlyItCanResolve() throws Exception {
        ScanObservations seen = scanThroughProxy("unknown.example.com", "elsewhere.example.com");
        assertTrue(seen.site().entry().value().last().response().isPresent());
    }

    /** The user named a private network, although only the proxy can resolve the name. */
    @Test
    void aSpecialUseTargetThatOnlyTheProxyCanResolveIsPrivate() throws Exception {
        ScanObservations seen = scanThroughProxy("staging", "wiki");
        assertTrue(seen.site().entry().value().last().response().isPresent());
    }

    /** Scans a host that redirects to another one; only the proxy can resolve their names. */
    private static ScanObservations scanThroughProxy(String host, String other) throws Exception {
        try (TestSite landing = TestSite.http(request -> TestSite.page("hello"));
                TestSite site = TestSite.http(
                        request -> TestSite.redirect(302, "http://" + other + ":" + landing.port() + "/"));
                ProxyServer proxy = new ProxyServer(
                        Map.of(host + ":" + site.port(), site.port(), other + ":" + landing.port(), landing.port()),
                        ProxyBehavior.FORWARD,
                        Optional.empty())) {
            return observe(
                    Target.parse("http://" + host + ":" + site.port()),
                    options().proxies(through(proxy)).build());
        }
    }

    private static ProxyServer proxy(String outside, int port, String inside) {
        return new ProxyServer(
                Map.of(outside, port, inside.toLowerCase(Locale.ROOT), intranet.port()),
                ProxyBehavior.FORWARD,
                Optional.empty());
    }

    private static ProxyConfiguration through(ProxyServer proxy) {
        return new ProxyConfiguration(List.of(
                new HttpProxy("http", new HostAndPort("127.0.0.1", proxy.port()), Optional.empty(), List.of())));
    }

    /** The requested host agreed to the scan; the host of a redirect did not. */
    @Test
    void activeProbesStayWithTheRequestedHostAfterARedirect() throws Exception {
        List<String> requests = new ArrayList<>();
        Function<RecordedRequest, MockResponse> elsewhere = request -> {
            synchronized (requests) {
                requests.add(request.getMethod() + " " + request.getUrl().encodedPath());
            }
            return TestSite.page("<script src=\"/static/app.js\"></script>")
                    .newBuilder()
                    .setHeader("Content-Security-Policy", "script-src 'nonce-abcdefghijklmnop'")
                    .build();
        };
        try (TestSite other = TestSite.http(elsewhere)) {
            ScanObservations seen =
                    followRedirect("http://www.example.com:" + other.port() + "/landing", options -> options);
            assertTrue(seen.site().entry().value().last().response().isPresent());
            assertTrue(requests.contains("GET /landing"), requests.toString());
            // The landing page is requested again for its nonce, and from every chain of redirects; nothing else is.
            assertEquals(List.of("GET /landing"), requests.stream().distinct().toList());
        }
    }
}
