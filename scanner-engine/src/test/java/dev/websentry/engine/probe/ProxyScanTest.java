package dev.websentry.engine.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.CheckStatus;
import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.BasicCredentials;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.testsite.ProxyServer;
import dev.websentry.testsite.ProxyServer.ProxyBehavior;
import dev.websentry.testsite.RequiresSecondLoopbackAddress;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.WellConfiguredSite;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scans through a real proxy a site whose name only the proxy can resolve. */
@Execution(ExecutionMode.CONCURRENT)
class ProxyScanTest {
    private static final BasicCredentials USER = new BasicCredentials("builder", "s3cret-of-the-proxy");

    private static LoopbackSite site;

    @BeforeAll
    static void start() {
        site = WellConfiguredSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static ProxyServer proxy(ProxyBehavior manner, Optional<String> authorization) {
        return new ProxyServer(
                Map.of(
                        "www.example.com:443", site.https().port(),
                        "example.com:443", site.https().port(),
                        "www.example.com:80", site.http().port(),
                        "example.com:80", site.http().port()),
                manner,
                authorization);
    }

    private static HttpProxy at(int port, Optional<BasicCredentials> credentials, String... direct) {
        return new HttpProxy("http", new HostAndPort("127.0.0.1", port), credentials, List.of(direct));
    }

    /**
     * Port 9 of loopback is closed, so that the DNS does not respond, as in a network where only the proxy resolves
     * names.
     */
    private static ScanOptions.Builder options(HttpProxy proxy) throws Exception {
        X509Certificate root = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(site.rootPem().getBytes(StandardCharsets.US_ASCII)));
        return ScanOptions.builder()
                .timeout(Duration.ofSeconds(120))
                .connectTimeout(Duration.ofSeconds(30))
                .caCertificates(List.of(root))
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .proxies(new ProxyConfiguration(List.of(proxy)));
    }

    private static Report scan(ScanOptions options) throws ScanException {
        try (Scanner scanner = new Scanner()) {
            return scanner.scan(Target.parse("https://www.example.com"), options, ScanProgressListener.NONE);
        }
    }

    private static String error(ScanOptions options) {
        ScanException error = assertThrows(ScanException.class, () -> scan(options));
        assertEquals(ScanException.ScanFailureReason.UNREACHABLE, error.reason(), error.getMessage());
        return error.getMessage();
    }

    private static CheckResult check(Report report, String id) {
        return report.categories().stream()
                .flatMap(category -> category.checks().stream())
                .filter(check -> check.label().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingExceptTheDnsGoesThroughTheProxy() throws Exception {
        try (ProxyServer proxy = proxy(ProxyBehavior.FORWARD, Optional.empty())) {
            Report report = scan(options(at(proxy.port(), Optional.empty())).build());
            for (String id : List.of(
                    "ssl.protocol-versions",
                    "ssl.certificate-trust",
                    "ssl.hsts",
                    "headers.csp",
                    "cookies.secure",
                    "redirects.https",
                    "redirects.www")) {
                assertEquals(
                        CheckStatus.PASS,
                        check(report, id).status(),
                        id + ": " + check(report, id).value());
            }
            assertTrue(
                    proxy.requests().contains("CONNECT www.example.com:443"),
                    proxy.requests().toString());
            assertTrue(
                    proxy.requests().contains("GET http://www.example.com/"),
                    proxy.requests().toString());
            assertTrue(
                    check(report, "dns.spf").value().startsWith("Not checked:"),
                    check(report, "dns.spf").value());
        }
    }

    @Test
    void theAddressesRemainUnknownIfTheDnsDoesNotRespond() throws Exception {
        try (ProxyServer proxy = proxy(ProxyBehavior.FORWARD, Optional.empty())) {
            Report report = scan(options(at(proxy.port(), Optional.empty())).build());
            String value = check(report, "ssl.https").value();
            assertTrue(
                    value.startsWith("Not checked: cannot determine the addresses of www.example.com behind the proxy"),
                    value);
            assertFalse(report.complete());
        }
    }

    @Test
    void aSingleKnownAddressIsProbedOnlyThroughTheProxy() throws Exception {
        try (ProxyServer proxy = new ProxyServer(
                Map.of(
                        "127.0.0.1:" + site.https().port(),
                        site.https().port(),
                        "127.0.0.1:" + site.http().port(),
                        site.http().port()),
                ProxyBehavior.FORWARD,
                Optional.empty())) {
            List<ResolveOverride> resolve =
                    site.resolve().stream().map(ResolveOverride::parse).toList();
            Report report = scan(
                    options(at(proxy.port(), Optional.empty())).resolve(resolve).build());
            assertEquals(
                    "HTTPS is available on 1 address",
                    check(report, "ssl.https").value());
            assertEquals(CheckStatus.PASS, check(report, "redirects.https").status());
            assertTrue(
                    proxy.requests().stream().allMatch(asked -> asked.startsWith("CONNECT 127.0.0.1:")),
                    proxy.requests().toString());
        }
    }

    @Test
    @RequiresSecondLoopbackAddress
    void severalAddressesAreProbedDirectlyOrNotChecked() throws Exception {
        int port = site.https().port();
        try (ProxyServer proxy =
                new ProxyServer(Map.of("127.0.0.1:" + port, port), ProxyBehavior.FORWARD, Optional.empty())) {
            List<ResolveOverride> reachable = List.of(
                    ResolveOverride.parse("www.example.com:443:127.0.0.1:" + port),
                    ResolveOverride.parse("www.example.com:443:127.0.0.2:1"));
            Report report = scan(options(at(proxy.port(), Optional.empty()))
                    .resolve(reachable)
                    .build());
            String value = check(report, "ssl.https").value();
            assertTrue(value.startsWith("Not checked: www.example.com is reached through the proxy"), value);
            assertTrue(value.contains("127.0.0.2 port 1 refused"), value);
        }
    }

    @Test
    void aClosedPortBehindTheProxyIsNotChecked() throws Exception {
        try (ProxyServer proxy = new ProxyServer(
                Map.of("www.example.com:443", site.https().port()), ProxyBehavior.FORWARD, Optional.empty())) {
            Report report = scan(options(at(proxy.port(), Optional.empty())).build());
            String value = check(report, "redirects.https").value();
            assertTrue(value.startsWith("Not checked: "), value);
            assertTrue(value.contains("responded with status 502, which may not come from the site"), value);
        }
    }

    @Test
    void theProxyReceivesItsUserNameAndPassword() throws Exception {
        try (ProxyServer proxy = proxy(ProxyBehavior.FORWARD, Optional.of(USER.authorizationHeader()))) {
            Report report = scan(options(at(proxy.port(), Optional.of(USER))).build());
            assertEquals(
                    CheckStatus.PASS, check(report, "ssl.protocol-versions").status());
            assertEquals(CheckStatus.PASS, check(report, "redirects.https").status());
        }
    }

    @Test
    void theSiteNeverReceivesTheProxyPassword() throws Exception {
        try (LoopbackSite own = WellConfiguredSite.start();
                ProxyServer proxy = new ProxyServer(
                        Map.of(
                                "www.example.com:443",
                                own.https().port(),
                                "www.example.com:80",
                                own.http().port()),
                        ProxyBehavior.FORWARD,
                        Optional.of(USER.authorizationHeader()))) {
            scan(options(at(proxy.port(), Optional.of(USER))).build());
            for (var request = own.https().takeRequest();
                    request != null;
                    request = own.https().takeRequest()) {
                assertEquals(null, request.getHeaders().get("Proxy-Authorization"));
            }
        }
    }

    @Test
    void missingOrWrongProxyCredentialsAreReported() throws Exception {
        try (ProxyServer proxy = proxy(ProxyBehavior.FORWARD, Optional.of(USER.authorizationHeader()))) {
            String error = error(options(at(proxy.port(), Optional.empty())).build());
            assertTrue(error.contains("requires a user name and password (407)"), error);
            BasicCredentials wrong = new BasicCredentials("builder", "no-such-password");
            error = error(options(at(proxy.port(), Optional.of(wrong))).build());
            assertTrue(error.contains("rejected the user name and password (407)"), error);
            assertFalse(error.contains("no-such-password"), error);
        }
    }

    @Test
    void aProxyThatForbidsTheTunnelFailsTheScan() throws Exception {
        try (ProxyServer proxy = proxy(ProxyBehavior.FORBID, Optional.empty())) {
            String error = error(options(at(proxy.port(), Optional.empty())).build());
            assertTrue(error.contains("responded to CONNECT www.example.com:443 with status 403"), error);
        }
    }

    @Test
    void aSilentProxyTimesOut() throws Exception {
        try (ProxyServer proxy = proxy(ProxyBehavior.NO_RESPONSE, Optional.empty())) {
            String error = error(options(at(proxy.port(), Optional.empty()))
                    .connectTimeout(Duration.ofSeconds(1))
                    .build());
            assertTrue(error.contains("did not respond to CONNECT www.example.com:443 in time"), error);
        }
    }

    @Test
    void aServerThatIsNotAProxyIsReported() throws Exception {
        try (ProxyServer proxy = proxy(ProxyBehavior.NOT_HTTP, Optional.empty())) {
            String error = error(options(at(proxy.port(), Optional.empty())).build());
            assertTrue(
                    error.contains("is not an HTTP proxy") || error.contains("without responding to CONNECT"), error);
        }
    }

    @Test
    void anUnreachableProxyIsNamed() throws Exception {
        String error = error(options(at(1, Optional.empty())).build());
        assertTrue(error.contains("the proxy 127.0.0.1:1 cannot be reached"), error);
    }

    @Test
    void nonProxyHostsBypassTheProxy() throws Exception {
        try (ProxyServer proxy = proxy(ProxyBehavior.FORBID, Optional.empty())) {
            List<ResolveOverride> resolve =
                    site.resolve().stream().map(ResolveOverride::parse).toList();
            Report report = scan(options(at(proxy.port(), Optional.empty(), "*.example.COM", "example.com"))
                    .resolve(resolve)
                    .build());
            assertEquals(
                    "HTTPS is available on 1 address",
                    check(report, "ssl.https").value());
            assertEquals(List.of(), proxy.requests());
        }
    }

    @Test
    void anAddressPolicyCannotBeCombinedWithAProxy() throws Exception {
        ScanOptions.Builder options = options(at(1, Optional.empty())).addressPolicy(AddressPolicy.PUBLIC_ONLY);
        assertThrows(IllegalArgumentException.class, options::build);
    }

    @Test
    void toStringNeverContainsThePassword() {
        assertFalse(at(1, Optional.of(USER)).toString().contains("s3cret"));
        assertFalse(USER.toString().contains("s3cret"));
        assertFalse(new ProxyConfiguration(List.of(at(1, Optional.of(USER))))
                .toString()
                .contains("s3cret"));
    }
}
