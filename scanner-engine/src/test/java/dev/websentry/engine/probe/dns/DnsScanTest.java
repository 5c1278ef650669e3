package dev.websentry.engine.probe.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.recording.RecordingRoundTrip;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestSite;
import dev.websentry.testsite.dns.DnsFault;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs complete scans of a site on loopback with a test DNS. */
@Execution(ExecutionMode.CONCURRENT)
class DnsScanTest {
    private static final Instant NOW = Instant.now();
    private static final String KEY = rsaKey();
    private static final TestCertificate ROOT = TestCertificate.root("Test root");
    private static final String POLICY = "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 604800\r\n";

    private static final TestZone EXAMPLE = TestZone.of(
                    "example.com.",
                    """
                    @ A 192.0.2.1
                    www A 192.0.2.1
                    mx A 192.0.2.25
                    local A 127.0.0.1
                    mta-sts A 192.0.2.80
                    @ MX 10 mx
                    @ TXT "v=spf1 mx include:_spf.provider.net -all"
                    _dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@reports.net"
                    @ CAA 0 issue "ca.net"
                    _mta-sts TXT "v=STSv1; id=1"
                    _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
                    default._bimi TXT "v=BIMI1; l=https://example.com/logo.svg"
                    _25._tcp.mx TLSA 3 1 1 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF
                    """
                            + "default._domainkey TXT \"v=DKIM1; k=rsa; p=" + KEY.substring(0, 200) + "\" \""
                            + KEY.substring(200) + "\"")
            .signed(NOW);
    private static final TestZone COM =
            TestZone.of("com.", "").delegate(EXAMPLE).signed(NOW);
    private static final TestZone NET = TestZone.of("net.", """
            _spf.provider TXT "v=spf1 include:_spf2.provider.net -all"
            _spf2.provider TXT "v=spf1 ip4:192.0.2.0/24 -all"
            example.com._report._dmarc.reports TXT "v=DMARC1"
            """);
    private static final TestZone TOP =
            TestZone.of(".", "").delegate(COM).delegate(NET).signed(NOW);

    private static Scanner scanner;
    private static TestSite site;

    @BeforeAll
    static void open() {
        scanner = new Scanner(Clock.fixed(NOW, ZoneOffset.UTC));
        TestCertificate certificate =
                ROOT.issue("www.example.com", "mta-sts.example.com").build();
        site = TestSite.https(
                certificate.serverContext(),
                request -> request.getUrl().encodedPath().equals("/.well-known/mta-sts.txt")
                        ? new MockResponse.Builder()
                                .setHeader("Content-Type", "text/plain")
                                .body(POLICY)
                                .build()
                        : TestSite.page("hello"));
    }

    @AfterAll
    static void close() {
        site.close();
        scanner.close();
    }

    @Test
    void completeDomainPassesInAtMostSixRoundsWithoutDuplicateQueries() throws Exception {
        try (TestDnsServer dns = TestDnsServer.serving(TOP, COM, NET, EXAMPLE).delay(400)) {
            Map<String, EvaluatedCheck> judged =
                    scan("www.example.com", options(dns).build());
            for (String id : List.of("dns.spf", "dns.dmarc", "dns.dkim", "dns.caa", "dns.dnssec")) {
                assertEquals(
                        CheckOutcome.PASS,
                        judged.get(id).verdict().outcome(),
                        id + ": " + judged.get(id).verdict().value());
            }
            List<String> questions = dns.questions();
            assertEquals(questions.size(), new HashSet<>(questions).size(), questions::toString);
            Set<String> chain = Set.of("DS", "DNSKEY");
            int rounds = dns.sequentialRounds(query -> !chain.contains(query.type()));
            assertTrue(rounds >= 3 && rounds <= 6, rounds + " rounds");
            assertEquals(
                    "mode enforce, max_age 604800 s",
                    judged.get("dns.mta-sts").verdict().value());
            assertTrue(judged.get("dns.dane").verdict().value().startsWith("TLSA records for 1 of 1 mail host"));
        }
    }

    @Test
    void silentResolverCostsLimitedTimeOnly() throws Exception {
        try (TestDnsServer dns = TestDnsServer.serving().alwaysFault(DnsFault.SILENT)) {
            long began = System.nanoTime();
            Map<String, EvaluatedCheck> judged = scan(
                    "www.example.com",
                    options(dns).timeout(Duration.ofSeconds(120)).build());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertAll(judged, CheckOutcome.NOT_CHECKED);
            assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, "took " + took);
        }
    }

    @Test
    void timeoutOfOneQueryAffectsOnlyItsCheck() throws Exception {
        try (TestDnsServer dns =
                TestDnsServer.serving(TOP, COM, NET, EXAMPLE).fault("TXT _spf.provider.net", DnsFault.SILENT)) {
            Map<String, EvaluatedCheck> judged = scan(
                    "www.example.com",
                    options(dns).timeout(Duration.ofSeconds(120)).build());
            assertEquals(
                    CheckOutcome.NOT_CHECKED, judged.get("dns.spf").verdict().outcome());
            for (String id : List.of("dns.dmarc", "dns.dkim", "dns.caa", "dns.dnssec")) {
                assertEquals(CheckOutcome.PASS, judged.get(id).verdict().outcome(), id);
            }
        }
    }

    @Test
    void refusedQueriesAreNotMissingRecords() throws Exception {
        try (TestDnsServer dns = TestDnsServer.serving().alwaysFault(DnsFault.REFUSED)) {
            assertAll(scan("www.example.com", options(dns).build()), CheckOutcome.NOT_CHECKED);
        }
    }

    @Test
    void nonPublicNamesAreNotQueried() throws Exception {
        try (TestDnsServer dns = TestDnsServer.serving(TOP)) {
            for (String host : List.of("intranet", "www.shop.test", "127.0.0.1")) {
                assertAll(scan(host, options(dns).build()), CheckOutcome.NOT_APPLICABLE);
            }
            assertEquals(List.of(), dns.log());
        }
    }

    @Test
    void configuredMailDomainIsCheckedForNonPublicNames() throws Exception {
        try (TestDnsServer dns = TestDnsServer.serving(TOP, COM, NET, EXAMPLE)) {
            Map<String, EvaluatedCheck> judged =
                    scan("127.0.0.1", options(dns).mailDomain("example.com").build());
            assertEquals(CheckOutcome.PASS, judged.get("dns.spf").verdict().outcome());
            assertEquals(
                    CheckOutcome.NOT_APPLICABLE, judged.get("dns.caa").verdict().outcome());
        }
    }

    @Test
    void mailDomainFollowsThePublicSuffixListWithItsPrivateSection() {
        Map<String, String> domains = Map.of(
                "www.example.com", "example.com",
                "a.b.example.co.uk", "example.co.uk",
                "me.github.io", "me.github.io",
                "www.me.github.io", "me.github.io",
                "github.io", "github.io",
                "www.bücher.example.de", "example.de",
                "www.xn--bcher-kva.de", "xn--bcher-kva.de");
        domains.forEach((host, domain) -> assertEquals(
                domain,
                DnsScopeResolver.resolve(Target.parse(host), ScanOptions.defaults())
                        .mailDomain()
                        .orElseThrow()));
    }

    @Test
    void configuredMailDomainMayBeInternationalized() {
        assertEquals(
                "xn--bcher-kva.example.de",
                DnsScopeResolver.resolve(
                                Target.parse("127.0.0.1"),
                                ScanOptions.builder()
                                        .mailDomain("B\u00fccher.example.de")
                                        .build())
                        .mailDomain()
                        .orElseThrow());
    }

    @Test
    void configuredServersResolveTheHostWithASingleQuery() throws Exception {
        try (TestDnsServer dns = TestDnsServer.serving(TOP, COM, NET, EXAMPLE)) {
            Map<String, EvaluatedCheck> judged = scan(
                    "https://local.example.com:" + site.port() + "/",
                    options(dns).build());
            assertEquals(CheckOutcome.PASS, judged.get("dns.dnssec").verdict().outcome());
            assertEquals(
                    1,
                    dns.questions().stream()
                            .filter("A local.example.com"::equals)
                            .count());
        }
    }

    @Test
    void everyScanUsesAnotherControlSelector() {
        Target target = Target.parse("example.com");
        assertNotEquals(
                DnsScopeResolver.resolve(target, ScanOptions.defaults()).controlSelector(),
                DnsScopeResolver.resolve(target, ScanOptions.defaults()).controlSelector());
    }

    @Test
    void failureOfOneQueryDoesNotAffectOtherChecks() throws Exception {
        try (TestDnsServer dns = TestDnsServer.serving(TOP, COM, NET, EXAMPLE)
                .fault("TXT _spf.provider.net", DnsFault.SERVFAIL)
                .fault("TXT _dmarc.example.com", DnsFault.REFUSED)) {
            Map<String, EvaluatedCheck> judged =
                    scan("www.example.com", options(dns).build());
            assertEquals(
                    CheckOutcome.NOT_CHECKED, judged.get("dns.spf").verdict().outcome());
            assertEquals(
                    CheckOutcome.NOT_CHECKED, judged.get("dns.dmarc").verdict().outcome());
            assertEquals(CheckOutcome.PASS, judged.get("dns.dkim").verdict().outcome());
            assertEquals(CheckOutcome.PASS, judged.get("dns.caa").verdict().outcome());
        }
    }

    private static String rsaKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has RSA", e);
        }
    }

    private static ScanOptions.Builder options(TestDnsServer dns) {
        List<ResolveOverride> overrides =
                List.of("www.example.com", "mta-sts.example.com", "intranet", "www.shop.test", "shop.test").stream()
                        // Nothing listens on port 1, so port 80 of every name is closed.
                        .flatMap(host -> Stream.of(host + ":443:127.0.0.1:" + site.port(), host + ":80:127.0.0.1:1"))
                        .map(ResolveOverride::parse)
                        .collect(Collectors.toList());
        overrides.add(ResolveOverride.parse("127.0.0.1:443:127.0.0.1:" + site.port()));
        return ScanOptions.builder()
                .dnsServers(List.of(HostAndPort.parse(dns.server(), 53)))
                .caCertificates(List.of(ROOT.certificate()))
                .trustAnchors(List.of(TOP.ds().toString()))
                .resolve(overrides);
    }

    private static void assertAll(Map<String, EvaluatedCheck> judged, CheckOutcome outcome) {
        judged.values().stream()
                .filter(line -> line.definition().points() > 0)
                .forEach(line -> assertEquals(
                        outcome,
                        line.verdict().outcome(),
                        line.definition().id() + ": " + line.verdict().value()));
    }

    private static Map<String, EvaluatedCheck> scan(String host, ScanOptions options) throws Exception {
        ScanObservations seen = RecordingRoundTrip.assertSameReport(
                scanner.observe(Target.parse(host), options, ScanProgressListener.NONE));
        assertTrue(seen.site().entry().isSeen(), "the rest of the scan");
        return CheckCatalog.standard().evaluate(seen).stream()
                .filter(line -> line.definition().category() == CheckCategory.DNS)
                .collect(Collectors.toMap(line -> line.definition().id(), line -> line));
    }
}
