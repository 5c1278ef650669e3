package dev.websentry.server.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.ServerLog;
import dev.websentry.server.testing.TestResponse;
import dev.websentry.server.testing.TestServer;
import dev.websentry.testsite.RequiresSecondLoopbackAddress;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestCertificateBuilder;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import dev.websentry.testsite.tls.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that a scan never connects to the server's internal network, whatever the URL and the site refer to (SSRF).
 * 127.0.0.1 stands for that network: a server listens there and counts connections. 127.0.0.2 stands for the Internet
 * and is allowed.
 */
@RequiresSecondLoopbackAddress
class SsrfProtectionTest {
    private static final TestCertificate ROOT = TestCertificate.root("root");

    @TempDir
    static Path directory;

    private static ScriptedServer inside;
    private static TestDnsServer dns;
    private static final List<TestSite> SITES = new ArrayList<>();
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        inside = ScriptedServer.silentAt("127.0.0.1");
        dns = TestDnsServer.serving(TestZone.of("example.com.", """
                        private A 10.0.0.1
                        loopback A 127.0.0.1
                        metadata A 169.254.169.254
                        carrier A 100.64.0.1
                        zero A 0.0.0.0
                        local6 AAAA fe80::1
                        unique6 AAAA fd00:ec2::254
                        mapped6 AAAA ::ffff:127.0.0.1
                        nat64 AAAA 64:ff9b::7f00:1
                        sixtofour AAAA 2002:7f00:1::1
                        alias CNAME loopback.example.com.
                        both A 127.0.0.1
                        both A 127.0.0.2
                        redirects A 127.0.0.2
                        mail A 127.0.0.2
                        _mta-sts TXT "v=STSv1; id=1"
                        mta-sts A 127.0.0.1
                        @ MX 10 mail.example.com.
                        """));
        TestCertificate plain = ROOT.issue("redirects.example.com", "both.example.com", "mail.example.com")
                .build();
        List<String> resolve = new ArrayList<>(List.of("mta-sts.example.com:443:127.0.0.1:" + inside.port()));
        for (String name : List.of("redirects", "both", "mail")) {
            resolve.addAll(site(name, plain, plain.servedChain()));
        }
        // The name has an allowed and a blocked address, as if the DNS answer changed between the check and the
        // connection.
        resolve.add("both.example.com:443:127.0.0.1:" + inside.port());
        TestCertificate intermediate = ROOT.issueIntermediate("Intermediate").build();
        for (String what : List.of("issuer", "ocsp", "crl")) {
            String url = "http://127.0.0.1:" + inside.port() + "/";
            TestCertificateBuilder builder = intermediate.issue(what + ".example.com");
            TestCertificate leaf = switch (what) {
                case "issuer" -> builder.caIssuers(url).build();
                case "ocsp" -> builder.ocsp(url).build();
                default -> builder.crl(url).build();
            };
            resolve.addAll(site(what, leaf, what.equals("issuer") ? List.of(leaf.certificate()) : leaf.servedChain()));
        }
        Path roots = Files.writeString(directory.resolve("roots.pem"), ROOT.rootPem());
        server = TestServer.start(Stream.concat(
                        DatabaseVendor.SQLITE.freshDatabase().stream(),
                        Stream.of(
                                "--websentry.scan.allow=127.0.0.2/32",
                                "--websentry.scan.dns-servers=" + dns.server(),
                                "--websentry.scan.ca-certificates=" + roots,
                                "--websentry.scan.resolve=" + String.join(",", resolve),
                                "--logging.file.name=" + log()))
                .toList());
    }

    private static List<String> site(String name, TestCertificate certificate, List<X509Certificate> served) {
        TestSite site = TestSite.https(
                certificate.serverContext(served),
                request -> name.equals("redirects")
                                && !request.getUrl().encodedPath().equals("/robots.txt")
                        ? TestSite.redirect(302, "http://127.0.0.1:" + inside.port() + "/admin")
                        : TestSite.page("hello"),
                List.of(Protocol.HTTP_1_1),
                "127.0.0.2");
        SITES.add(site);
        return List.of(name + ".example.com:443:127.0.0.2:" + site.port());
    }

    private static Path log() {
        return directory.resolve("server.log");
    }

    @AfterAll
    static void stop() {
        server.close();
        SITES.forEach(TestSite::close);
        dns.close();
        inside.close();
    }

    private static TestResponse scan(String url) {
        return server.client().post("/api/scan", "{\"url\": \"" + url + "\"}");
    }

    private static void assertBlockedAndLogged(String address) throws IOException {
        assertEquals(0, inside.connectionCount(), "connections to the internal network");
        String log = ServerLog.text(log());
        assertTrue(log.contains("blocked the address " + address), log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "017700000001",
                "0177.0.0.1",
                "127.1",
                "127.0.1",
                "127.0.0.1.",
                "%31%32%37.0.0.1",
                "\u2460\u2461\u2466.0.0.1",
                "127\u30020.0.1",
                "localhost",
                "localhost.",
                "LOCALHOST",
                "a.localhost",
                "0",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::1]",
                "[::1%25lo]",
                "[fe80::1%25lo]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "168.63.129.16",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255"
            })
    void noNotationOfAnAddressReachesTheInternalNetwork(String host) {
        for (String url :
                List.of("http://" + host + ":" + inside.port() + "/", "https://" + host + ":" + inside.port())) {
            TestResponse answer = scan(url).assertStatus(400);
            String code = answer.json().get("code").asString();
            assertTrue(List.of("invalid_url", "blocked_address", "unresolvable").contains(code), answer.body());
        }
        assertEquals(0, inside.connectionCount(), "connections to the internal network");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private",
                "loopback",
                "metadata",
                "carrier",
                "zero",
                "local6",
                "unique6",
                "mapped6",
                "nat64",
                "sixtofour",
                "alias"
            })
    void noHostNameReachesTheInternalNetwork(String name) throws Exception {
        for (int i = 0; i < 4; i++) {
            scan("http://" + name + ".example.com:" + inside.port() + "/").assertError(400, "blocked_address");
        }
        assertEquals(0, inside.connectionCount(), "connections to the internal network");
        assertTrue(ServerLog.text(log()).contains(" of " + name + ".example.com: blocked the address "));
    }

    @Test
    void aRedirectDoesNotReachTheInternalNetwork() throws Exception {
        TestResponse answer = scan("https://redirects.example.com/");
        assertFalse(answer.body().contains("admin page"), answer.body());
        assertTrue(SITES.get(0).requestCount() > 0, "the site itself was scanned");
        assertBlockedAndLogged("127.0.0.1");
    }

    /** Both addresses are known when they are checked, and only the allowed address is connected to. */
    @Test
    void aSecondAddressDoesNotReachTheInternalNetwork() throws Exception {
        scan("https://both.example.com/").assertStatus(200);
        assertTrue(SITES.get(1).requestCount() > 0, "the allowed address was scanned");
        assertBlockedAndLogged("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "ocsp", "crl"})
    void noUrlOfACertificateReachesTheInternalNetwork(String what) throws Exception {
        scan("https://" + what + ".example.com/").assertStatus(200);
        assertBlockedAndLogged("127.0.0.1");
        assertTrue(ServerLog.text(log()).contains(" of " + what + ".example.com: blocked the address 127.0.0.1"));
    }

    @Test
    void noMailPolicyReachesTheInternalNetwork() throws Exception {
        scan("https://mail.example.com/").assertStatus(200);
        assertTrue(
                dns.log().stream().anyMatch(query -> query.question().contains("_mta-sts.example.com")),
                dns.log().toString());
        assertBlockedAndLogged("127.0.0.1");
        assertTrue(ServerLog.text(log()).contains(" of mail.example.com: blocked the address 127.0.0.1"));
    }

    /** A name is queried once, and the connection uses the checked address, so that a changing answer has no effect. */
    @Test
    void aNameIsResolvedOncePerScan() {
        dns.answerInSequence("A once.example.com", "127.0.0.1");
        scan("http://once.example.com:" + inside.port() + "/").assertError(400, "blocked_address");
        assertEquals(1, queries("once.example.com"));
        assertEquals(0, inside.connectionCount());
    }

    private static int queries(String name) {
        return (int) dns.log().stream()
                .filter(query -> query.type().equals("A") && query.name().startsWith(name))
                .count();
    }
}
