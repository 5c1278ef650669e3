package dev.websentry.engine.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.Progress;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.AddressPolicy;
import dev.websentry.engine.target.Credentials;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.HttpProxy;
import dev.websentry.engine.target.Proxies;
import dev.websentry.engine.target.ResolveOverride;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import dev.websentry.testsite.ProxyServer;
import dev.websentry.testsite.ProxyServer.Manner;
import dev.websentry.testsite.demo.GoodSite;
import dev.websentry.testsite.demo.LoopbackSite;
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

/** Scans through a real proxy a site whose name only the proxy can resolve. */
class ProxyTest {
    private static final Credentials USER = new Credentials("builder", "s3cret-of-the-proxy");

    private static LoopbackSite site;

    @BeforeAll
    static void start() {
        site = GoodSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static ProxyServer proxy(Manner manner, Optional<String> authorization) {
        return new ProxyServer(
                Map.of(
                        "www.example.com:443", site.https().port(),
                        "example.com:443", site.https().port(),
                        "www.example.com:80", site.http().port(),
                        "example.com:80", site.http().port()),
                manner,
                authorization);
    }

    private static HttpProxy at(int port, Optional<Credentials> credentials, String... direct) {
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
                .timeout(Duration.ofSeconds(30))
                .connectTimeout(Duration.ofSeconds(2))
                .caCertificates(List.of(root))
                .dnsServers(List.of(new HostAndPort("127.0.0.1", 9)))
                .proxies(new Proxies(List.of(proxy)));
    }

    private static Report scan(ScanOptions options) throws ScanException {
        try (Scanner scanner = new Scanner()) {
            return scanner.scan(Target.parse("https://www.example.com"), options, Progress.NONE);
        }
    }

    private static String error(ScanOptions options) {
        ScanException error = assertThrows(ScanException.class, () -> scan(options));
        assertEquals(ScanException.Reason.UNREACHABLE, error.reason(), error.getMessage());
        return error.getMessage();
    }

    private static CheckResult check(Report report, String id) {
        return report.categories().stream()
                .flatMap(category -> category.checks().stream())
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingExceptTheDnsGoesThroughTheProxy() throws Exception {
        try (ProxyServer proxy = proxy(Manner.ACCEPTS, Optional.empty())) {
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
                        "pass",
                        check(report, id).status(),
                        id + ": " + check(report, id).value());
            }
            assertTrue(
                    proxy.asked().contains("CONNECT www.example.com:443"),
                    proxy.asked().toString());
            assertTrue(
                    proxy.asked().contains("GET http://www.example.com/"),
                    proxy.asked().toString());
            assertTrue(
                    check(report, "dns.spf").value().startsWith("Not checked:"),
                    check(report, "dns.spf").value());
        }
    }

    @Test
    void theAddressesRemainUnknownIfTheDnsDoesNotRespond() throws Exception {
        try (ProxyServer proxy = proxy(Manner.ACCEPTS, Optional.empty())) {
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
                Manner.ACCEPTS,
                Optional.empty())) {
            List<ResolveOverride> resolve =
                    site.resolve().stream().map(ResolveOverride::parse).toList();
            Report report = scan(
                    options(at(proxy.port(), Optional.empty())).resolve(resolve).build());
            assertEquals(
                    "HTTPS is available on 1 address",
                    check(report, "ssl.https").value());
            assertEquals("pass", check(report, "redirects.https").status());
            assertTrue(
                    proxy.asked().stream().allMatch(asked -> asked.startsWith("CONNECT 127.0.0.1:")),
                    proxy.asked().toString());
        }
    }

    @Test
    void severalAddressesAreProbedDirectlyOrNotChecked() throws Exception {
        int port = site.https().port();
        try (ProxyServer proxy = new ProxyServer(Map.of("127.0.0.1:" + port, port), Manner.ACCEPTS, Optional.empty())) {
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
        try (ProxyServer proxy =
                new ProxyServer(Map.of("www.example.com:443", site.https().port()), Manner.ACCEPTS, Optional.empty())) {
            Report report = scan(options(at(proxy.port(), Optional.empty())).build());
            String value = check(report, "redirects.https").value();
            assertTrue(value.startsWith("Not checked: "), value);
            assertTrue(value.contains("responded with status 502, which may not come from the site"), value);
        }
    }

    @Test
    void theProxyReceivesItsUserNameAndPassword() throws Exception {
        try (ProxyServer proxy = proxy(Manner.ACCEPTS, Optional.of(USER.basic()))) {
            Report report = scan(options(at(proxy.port(), Optional.of(USER))).build());
            assertEquals("pass", check(report, "ssl.protocol-versions").status());
            assertEquals("pass", check(report, "redirects.https").status());
        }
    }

    @Test
    void theSiteNeverReceivesTheProxyPassword() throws Exception {
        try (LoopbackSite own = GoodSite.start();
                ProxyServer proxy = new ProxyServer(
                        Map.of(
                                "www.example.com:443",
                                own.https().port(),
                                "www.example.com:80",
                                own.http().port()),
                        Manner.ACCEPTS,
                        Optional.of(USER.basic()))) {
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
        try (ProxyServer proxy = proxy(Manner.ACCEPTS, Optional.of(USER.basic()))) {
            String error = error(options(at(proxy.port(), Optional.empty())).build());
            assertTrue(error.contains("requires a user name and password (407)"), error);
            Credentials wrong = new Credentials("builder", "no-such-password");
            error = error(options(at(proxy.port(), Optional.of(wrong))).build());
            assertTrue(error.contains("rejected the user name and password (407)"), error);
            assertFalse(error.contains("no-such-password"), error);
        }
    }

    @Test
    void aProxyThatForbidsTheTunnelFailsTheScan() throws Exception {
        try (ProxyServer proxy = proxy(Manner.FORBIDS, Optional.empty())) {
            String error = error(options(at(proxy.port(), Optional.empty())).build());
            assertTrue(error.contains("responded to CONNECT www.example.com:443 with status 403"), error);
        }
    }

    @Test
    void aSilentProxyTimesOut() throws Exception {
        try (ProxyServer proxy = proxy(Manner.IS_SILENT, Optional.empty())) {
            String error = error(options(at(proxy.port(), Optional.empty()))
                    .connectTimeout(Duration.ofSeconds(1))
                    .build());
            assertTrue(error.contains("did not respond to CONNECT www.example.com:443 in time"), error);
        }
    }

    @Test
    void aServerThatIsNotAProxyIsReported() throws Exception {
        try (ProxyServer proxy = proxy(Manner.IS_NO_PROXY, Optional.empty())) {
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
        try (ProxyServer proxy = proxy(Manner.FORBIDS, Optional.empty())) {
            List<ResolveOverride> resolve =
                    site.resolve().stream().map(ResolveOverride::parse).toList();
            Report report = scan(options(at(proxy.port(), Optional.empty(), "*.example.COM", "example.com"))
                    .resolve(resolve)
                    .build());
            assertEquals(
                    "HTTPS is available on 1 address",
                    check(report, "ssl.https").value());
            assertEquals(List.of(), proxy.asked());
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
        assertFalse(new Proxies(List.of(at(1, Optional.of(USER)))).toString().contains("s3cret"));
    }
}
