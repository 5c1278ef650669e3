package dev.websentry.server.scan;

import static dev.websentry.server.testing.PublicAndInternalNetwork.PUBLIC_ADDRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.PublicAndInternalNetwork;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.StandardPortListeners;
import dev.websentry.server.testing.TestClient;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import dev.websentry.testsite.RequiresSecondLoopbackAddress;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestCertificateBuilder;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests DNS rebinding: names whose address changes after it was checked. The first DNS answer is a site in the allowed
 * network; every later one is an address of the internal network, where a server listens at the same port. No
 * connection may reach it.
 */
@RequiresSecondLoopbackAddress
class DnsRebindingTest {
    private static final TestCertificate ROOT = TestCertificate.root("root");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path directory;

    private static TestDnsServer dns;
    private static PublicAndInternalNetwork site;
    private static TestServer server;
    /** Receives the requests for the other name of a site and for mail policies. */
    private static StandardPortListeners wellKnown;

    @BeforeAll
    static void start() throws IOException {
        dns = TestDnsServer.serving(
                TestZone.of("example.com.", "fixed A " + PUBLIC_ADDRESS),
                TestZone.of("example.net.", "@ A " + PUBLIC_ADDRESS),
                TestZone.of("example.org.", """
                        mail A 127.0.0.2
                        _mta-sts TXT "v=STSv1; id=1"
                        @ MX 10 mail.example.org.
                        """));
        TestCertificate certificate = ROOT.issue("*.example.com", "example.net", "*.example.net", "*.example.org")
                .build();
        site = PublicAndInternalNetwork.create(() -> https(certificate, certificate.servedChain()));
        wellKnown = new StandardPortListeners();
        Path roots = Files.writeString(directory.resolve("roots.pem"), ROOT.rootPem());
        String at = ":" + PUBLIC_ADDRESS + ":" + site.port();
        server = TestServer.start(Stream.concat(
                        DatabaseVendor.SQLITE.freshDatabase().stream(),
                        Stream.of(
                                "--websentry.scan.allow=" + PUBLIC_ADDRESS + "/32",
                                "--websentry.scan.dns-servers=" + dns.server(),
                                "--websentry.scan.ca-certificates=" + roots,
                                "--websentry.scan.resolve=example.net:443" + at + ",mail.example.org:443" + at,
                                "--logging.file.name=" + log()))
                .toList());
    }

    private static TestSite https(TestCertificate certificate, List<X509Certificate> served) {
        return TestSite.https(
                certificate.serverContext(served),
                DnsRebindingTest::answer,
                List.of(Protocol.HTTP_1_1),
                PUBLIC_ADDRESS);
    }

    /** A site named from-N redirects to the site named to-N. */
    private static MockResponse answer(RecordedRequest request) {
        String host = String.valueOf(TestSite.header(request, "Host"));
        return host.startsWith("from-")
                ? TestSite.redirect(302, "https://" + host.replace("from-", "to-") + "/")
                : TestSite.page("hello");
    }

    private static Path log() {
        return directory.resolve("server.log");
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
        dns.close();
        wellKnown.close();
    }

    @AfterEach
    void noInternalConnections() {
        site.assertNoInternalConnections();
        wellKnown.assertNoInternalConnections();
    }

    /**
     * Returns a new name whose first query returns the allowed address and whose later queries return another address.
     */
    private static String rebound(String label, String later) {
        return rebind(label + "-" + NUMBER.incrementAndGet() + ".example.com", later);
    }

    private static String rebind(String name, String later) {
        boolean six = later.contains(":");
        dns.answerInSequence("A " + name, PUBLIC_ADDRESS, six ? "" : later);
        dns.answerInSequence("AAAA " + name, "", six ? later : "");
        return name;
    }

    private static TestResponse scan(String host) {
        return scan(host, site.port());
    }

    private static TestResponse scan(String host, int port) {
        return server.client().post("/api/scan", "{\"url\": \"https://" + host + ":" + port + "/\"}");
    }

    private static long queries(String name) {
        return dns.log().stream()
                .filter(query -> query.question().equals("A " + name))
                .count();
    }

    private static boolean logged(String host, String address) throws IOException {
        return ServerLog.text(log()).contains(" of " + host + ": blocked the address " + address + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,       127.0.0.1",
        "::1,             0:0:0:0:0:0:0:1",
        "169.254.169.254, 169.254.169.254",
        "10.0.0.1,        10.0.0.1",
        "172.16.0.1,      172.16.0.1",
        "192.168.0.1,     192.168.0.1",
        "100.64.0.1,      100.64.0.1",
        "fd00:ec2::254,   fd00:ec2:0:0:0:0:0:254",
        "::ffff:127.0.0.1,127.0.0.1"
    })
    void aScanConnectsToTheCheckedAddressAndTheNextScanChecksAgain(String later, String shown) throws Exception {
        String name = rebound("entry", later);
        scan(name).assertStatus(200);
        int seen = site.requestCount();
        // The site received many requests over many connections, but its name was queried only once.
        assertTrue(seen > 5, "requests: " + seen);
        assertEquals(1, queries(name));
        assertFalse(logged(name, shown));
        scan(name).assertError(400, "blocked_address");
        assertEquals(2, queries(name));
        assertTrue(logged(name, shown));
        assertEquals(seen, site.requestCount());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1 127.0.0.2,       ''",
        "127.0.0.2 127.0.0.1,       ''",
        "127.0.0.2,                 ::1",
        "10.0.0.1 127.0.0.2,        ''",
        "169.254.169.254 127.0.0.2, fd00:ec2::254"
    })
    void onlyTheAllowedAddressOfSeveralIsConnectedTo(String four, String six) throws Exception {
        String name = "mixed-" + NUMBER.incrementAndGet() + ".example.com";
        dns.answerInSequence("A " + name, four, "127.0.0.1");
        dns.answerInSequence("AAAA " + name, six, "::1");
        int before = site.requestCount();
        scan(name).assertStatus(200);
        assertTrue(site.requestCount() > before + 5, "the allowed address was scanned");
        assertTrue(ServerLog.text(log()).contains(" of " + name + ": blocked the address "));
        scan(name).assertError(400, "blocked_address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "192.168.0.1"})
    void aRedirectConnectsToTheCheckedAddress(String later) throws Exception {
        String target = rebound("to", later);
        String from = target.replace("to-", "from-");
        dns.answerInSequence("A " + from, PUBLIC_ADDRESS);
        scan(from).assertStatus(200);
        assertFalse(logged(from, later));
        assertEquals(1, queries(target));
        // The target of the redirect now has an internal address.
        scan(from);
        assertTrue(logged(from, later));
        assertEquals(2, queries(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "ocsp", "crl"})
    void urlsOfACertificateConnectToTheCheckedAddress(String what) throws Exception {
        TestCertificate intermediate = ROOT.issueIntermediate("Intermediate").build();
        try (PublicAndInternalNetwork fetched =
                PublicAndInternalNetwork.create(() -> TestSite.http(request -> TestSite.notFound(), PUBLIC_ADDRESS))) {
            String name = rebound(what, "127.0.0.1");
            String url = "http://" + name + ":" + fetched.port() + "/";
            TestCertificateBuilder builder = intermediate.issue("fixed.example.com");
            TestCertificate leaf = switch (what) {
                case "issuer" -> builder.caIssuers(url).build();
                case "ocsp" -> builder.ocsp(url).build();
                default -> builder.crl(url).build();
            };
            try (TestSite named =
                    https(leaf, what.equals("issuer") ? List.of(leaf.certificate()) : leaf.servedChain())) {
                scan("fixed.example.com", named.port()).assertStatus(200);
                int seen = fetched.requestCount();
                assertTrue(seen > 0, "it was fetched from the allowed network");
                assertEquals(1, queries(name));
                scan("fixed.example.com", named.port()).assertStatus(200);
                assertEquals(seen, fetched.requestCount());
                assertTrue(logged("fixed.example.com", "127.0.0.1"));
            }
            fetched.assertNoInternalConnections();
        }
    }

    @Test
    void aMailPolicyIsFetchedFromTheCheckedAddress() throws Exception {
        rebind("mta-sts.example.org", "127.0.0.1");
        String url = "{\"url\": \"https://mail.example.org/\"}";
        int before = wellKnown.publicConnectionCount();
        server.client().post("/api/scan", url).assertStatus(200);
        assertEquals(1, queries("mta-sts.example.org"));
        int after = wellKnown.publicConnectionCount();
        server.client().post("/api/scan", url).assertStatus(200);
        assertTrue(logged("mail.example.org", "127.0.0.1"));
        assumeTrue(wellKnown.areBound(), "ports below 1024 cannot be bound here");
        assertTrue(after > before, "the policy was requested in the allowed network");
    }

    @Test
    void theOtherNameOfASiteConnectsToTheCheckedAddress() throws Exception {
        rebind("www.example.net", "127.0.0.1");
        String url = "{\"url\": \"https://example.net/\"}";
        int before = wellKnown.publicConnectionCount();
        server.client().post("/api/scan", url).assertStatus(200);
        assertEquals(1, queries("www.example.net"));
        int after = wellKnown.publicConnectionCount();
        server.client().post("/api/scan", url).assertStatus(200);
        assertTrue(logged("example.net", "127.0.0.1"));
        assumeTrue(wellKnown.areBound(), "ports below 1024 cannot be bound here");
        assertTrue(after > before, "the other name was requested in the allowed network");
    }

    @Test
    void laterScansOfAMonitorCheckTheAddressAgain() throws Exception {
        TestClient owner = server.client();
        owner.post("/api/auth/signup", "{\"email\": \"owner@example.com\", \"password\": \"correct horse battery\"}")
                .assertStatus(200);
        AccountRepository accounts = server.get(AccountRepository.class);
        accounts.setPlan(
                accounts.find(Email.parse("owner@example.com")).orElseThrow().id(), Plan.PRO);
        server.clock().set(Instant.parse("2030-06-02T12:00:00Z"));
        String name = rebound("watched", "127.0.0.1");
        owner.post("/api/monitors", "{\"url\": \"https://" + name + ":" + site.port() + "\", \"frequency\": \"daily\"}")
                .assertStatus(200);
        int seen = site.requestCount();
        server.clock().set(Instant.parse("2030-06-03T06:01:00Z"));
        Await.until(
                "the scheduled scan has ended",
                () -> !monitor(owner).get("last_error").isNull());
        assertEquals(
                LoggingAddressPolicy.REFUSAL, monitor(owner).get("last_error").asString());
        assertTrue(logged(name, "127.0.0.1"));
        assertEquals(seen, site.requestCount());
        server.clock().reset();
    }

    private static JsonNode monitor(TestClient owner) {
        return owner.get("/api/monitors").assertStatus(200).json().at("/monitors/0");
    }
}
