package dev.websentry.engine.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.dns.DnssecChain.DnssecChainLink;
import dev.websentry.engine.observation.DnssecValidation;
import dev.websentry.engine.observation.DnssecValidation.DnssecStatus;
import dev.websentry.engine.observation.Observation;
import dev.websentry.testsite.dns.DnsFault;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Validated chains save work in later scans but never change their results. */
class ValidatedChainCacheTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ExecutorService POOL = TaskScope.newPool();

    private final ValidatedChainCache proven = new ValidatedChainCache();
    private final SignedZoneHierarchy zones = SignedZoneHierarchy.create(false);

    /** A root zone, a top-level zone and zones below it, each with its own keys. */
    private record SignedZoneHierarchy(TestZone root, TestZone top, TestZone zone, TestZone broken, TestZone plain) {
        /** @param badRoot true for invalid signatures of the root zone */
        static SignedZoneHierarchy create(boolean badRoot) {
            TestZone zone = TestZone.of("example.com.", "www A 192.0.2.1\nalias CNAME www.plain.com.")
                    .signed(NOW);
            TestZone broken =
                    TestZone.of("broken.com.", "www A 192.0.2.4").signed(NOW).withBrokenSignatures();
            TestZone plain = TestZone.of("plain.com.", "www A 192.0.2.2");
            TestZone top = TestZone.of("com.", "")
                    .delegate(zone)
                    .delegate(broken)
                    .delegate(plain)
                    .signed(NOW);
            TestZone root = TestZone.of(".", "").delegate(top).signed(NOW);
            return new SignedZoneHierarchy(badRoot ? root.withBrokenSignatures() : root, top, zone, broken, plain);
        }

        TestDnsServer serve() {
            return TestDnsServer.serving(root, top, zone, broken, plain);
        }

        List<String> anchors() {
            return List.of(root.ds().toString());
        }
    }

    @AfterAll
    static void close() {
        POOL.shutdownNow();
    }

    @Test
    void secureAnswerValidatesEveryDelegationAboveIt() {
        try (TestDnsServer dns = zones.serve()) {
            assertTrue(proven.deepestValidated(chain(dns, zones.anchors(), NOW)).isEmpty());
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "www.example.com")));
            List<DnssecChainLink> chain = chain(dns, zones.anchors(), NOW);
            assertEquals(List.of("DS com.", "DS example.com.", "DNSKEY example.com."), names(chain));
            assertEquals(chain.get(2), proven.deepestValidated(chain).orElseThrow());
        }
    }

    @Test
    void validatedChainIsNotCheckedAgain() {
        SignedZoneHierarchy bad = SignedZoneHierarchy.create(true);
        try (TestDnsServer dns = bad.serve()) {
            assertEquals(DnssecStatus.BOGUS, status(validate(dns, "www.example.com", bad.anchors(), NOW)));
            proven.add(chain(dns, bad.anchors(), NOW));
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "www.example.com", bad.anchors(), NOW)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.com",
                "none.example.com",
                "alias.example.com",
                "www.broken.com",
                "www.plain.com",
                "none.com"
            })
    void resultEqualsThatOfAScanWithoutCache(String host) {
        try (TestDnsServer dns = zones.serve()) {
            Observation<DnssecValidation> uncached = validate(dns, host);
            validate(dns, "www.example.com");
            assertEquals(uncached, validate(dns, host));
            assertEquals(uncached, validate(dns, host));
        }
    }

    @Test
    void bogusAnswerValidatesNothing() {
        SignedZoneHierarchy bad = SignedZoneHierarchy.create(true);
        try (TestDnsServer dns = bad.serve()) {
            validate(dns, "www.example.com", bad.anchors(), NOW);
            assertTrue(proven.deepestValidated(chain(dns, bad.anchors(), NOW)).isEmpty());
        }
    }

    @Test
    void otherKeysWithTheSameNamesAreValidatedFromTheAnchor() {
        try (TestDnsServer dns = zones.serve()) {
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "www.example.com")));
        }
        // The names and the anchor are the same, but the attacker has other keys.
        try (TestDnsServer dns = SignedZoneHierarchy.create(false).serve()) {
            assertEquals(DnssecStatus.BOGUS, status(validate(dns, "www.example.com")));
        }
    }

    @Test
    void cacheIsNotSharedBetweenTrustAnchors() {
        String otherAnchor = SignedZoneHierarchy.create(false).root().ds().toString();
        try (TestDnsServer dns = zones.serve()) {
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "www.example.com")));
            assertEquals(DnssecStatus.BOGUS, status(validate(dns, "www.example.com", List.of(otherAnchor), NOW)));
        }
    }

    @Test
    void cachedChainExpiresWithItsSignatures() {
        try (TestDnsServer dns = zones.serve()) {
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "www.example.com")));
            for (Instant when : List.of(NOW.plus(Duration.ofDays(2)), NOW.minus(Duration.ofDays(2)))) {
                assertTrue(chain(dns, zones.anchors(), when).isEmpty());
                assertEquals(DnssecStatus.BOGUS, status(validate(dns, "www.example.com", zones.anchors(), when)));
            }
        }
    }

    @Test
    void failureOfOneScanDoesNotAffectOthers() {
        try (TestDnsServer dns = zones.serve()) {
            validate(dns, "www.example.com");
            try (TestDnsServer failing = zones.serve().fault("DNSKEY com", DnsFault.REFUSED)) {
                assertFalse(validate(failing, "www.example.com").isSeen());
            }
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "www.example.com")));
        }
    }

    @Test
    void leastRecentlyUsedChainsAreEvicted() {
        List<DnssecChainLink> links = IntStream.rangeClosed(0, 1000)
                .mapToObj(number -> new DnssecChainLink(new RRset(record()), "proof " + number))
                .toList();
        proven.add(links.subList(0, 1000));
        assertTrue(proven.deepestValidated(links.subList(0, 1)).isPresent());
        proven.add(links.subList(1000, 1001));
        assertTrue(proven.deepestValidated(links.subList(1, 2)).isEmpty());
        assertTrue(Stream.of(0, 2, 1000)
                .allMatch(kept ->
                        proven.deepestValidated(List.of(links.get(kept))).isPresent()));
    }

    @Test
    void keysOfAZoneWithSeveralAlgorithmsAreNotALink() {
        Record future = new DSRecord(
                Name.fromConstantString("example.com."), DClass.IN, 300, 1, 200, DNSSEC.Digest.SHA256, new byte[32]);
        zones.top().add(future);
        try (TestDnsServer dns = zones.serve()) {
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "www.example.com")));
            assertEquals(List.of("DS com.", "DS example.com."), names(chain(dns, zones.anchors(), NOW)));
        }
    }

    private static List<String> names(List<DnssecChainLink> chain) {
        return chain.stream()
                .map(DnssecChainLink::rrset)
                .map(records -> Type.string(records.getType()) + " " + records.getName())
                .toList();
    }

    private static Record record() {
        return new ARecord(Name.root, DClass.IN, 300, new byte[] {127, 0, 0, 1});
    }

    private static List<DnssecChainLink> chain(TestDnsServer dns, List<String> anchors, Instant now) {
        DnsClient client = client(dns, Deadline.in(Duration.ofMinutes(5)));
        Message answer = client.query(Name.fromConstantString("www.example.com."), Type.A, false)
                .message()
                .orElseThrow();
        return DnssecChain.collect(client, anchors, Name.root, answer, now);
    }

    private Observation<DnssecValidation> validate(TestDnsServer dns, String host) {
        return validate(dns, host, zones.anchors(), NOW);
    }

    private Observation<DnssecValidation> validate(TestDnsServer dns, String host, List<String> anchors, Instant now) {
        Deadline deadline = Deadline.in(Duration.ofMinutes(5));
        try (TaskScope tasks = new TaskScope(POOL)) {
            return new DnssecValidator(client(dns, deadline), tasks, anchors, proven).validate(host, now, deadline);
        }
    }

    private static DnsClient client(TestDnsServer dns, Deadline deadline) {
        // On a busy machine no query is sent twice.
        RetryBudget patient = new RetryBudget(Duration.ofSeconds(90), System::nanoTime);
        return DnsClient.of(List.of(HostAndPort.parse(dns.server(), 53)), deadline, patient);
    }

    private static DnssecStatus status(Observation<DnssecValidation> seen) {
        return seen.value().status();
    }
}
