package dev.websentry.engine.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.DnssecValidation;
import dev.websentry.engine.observation.DnssecValidation.DnssecStatus;
import dev.websentry.engine.observation.Observation;
import dev.websentry.testsite.dns.DnsFault;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;

/** Validates hosts in a test hierarchy of a root zone, a top-level zone and zones below it. */
class DnssecValidatorTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ExecutorService POOL = TaskScope.newPool();

    private final TestZone secure = TestZone.of("example.com.", """
                    www A 192.0.2.1
                    six AAAA 2001:db8::1
                    alias CNAME www.plain.com.
                    other CNAME www.hashed.com.
                    old CNAME www.expired.com.
                    """).signed(NOW);
    private final TestZone plain = TestZone.of("plain.com.", "www A 192.0.2.2");
    private final TestZone expired =
            TestZone.of("expired.com.", "www A 192.0.2.3").signed(NOW.minus(Duration.ofDays(30)));
    private final TestZone broken =
            TestZone.of("broken.com.", "www A 192.0.2.4").signed(NOW).withBrokenSignatures();
    private final TestZone below = TestZone.of("below.hashed.com.", "www A 192.0.2.6");
    private final TestZone hashed = TestZone.of("hashed.com.", "www A 192.0.2.5")
            .delegate(below)
            .signed(NOW)
            .withNsec3();
    private final TestZone future = TestZone.of("future.com.", "www A 192.0.2.7");
    private final TestZone top = TestZone.of("com.", "")
            .delegate(hashed)
            .delegate(future)
            .add(new DSRecord(
                    Name.fromConstantString("future.com."), DClass.IN, 300, 1, 200, DNSSEC.Digest.SHA256, new byte[32]))
            .delegate(secure)
            .delegate(plain)
            .delegate(expired)
            .delegate(broken)
            .signed(NOW);
    private final TestZone root = TestZone.of(".", "").delegate(top).signed(NOW);

    @AfterAll
    static void close() {
        POOL.shutdownNow();
    }

    @Test
    void signedZoneIsSecure() {
        try (TestDnsServer dns = serve()) {
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "www.example.com")));
        }
    }

    @Test
    void missingAddressInASignedZoneIsSecure() {
        try (TestDnsServer dns = serve()) {
            assertEquals(DnssecStatus.SECURE, status(validate(dns, "nothing.example.com")));
        }
    }

    @Test
    void unsignedZoneIsInsecure() {
        try (TestDnsServer dns = serve()) {
            assertEquals(DnssecStatus.INSECURE, status(validate(dns, "www.plain.com")));
        }
    }

    @Test
    void aliasIntoAnUnsignedZoneIsInsecure() {
        try (TestDnsServer dns = serve()) {
            assertEquals(DnssecStatus.INSECURE, status(validate(dns, "alias.example.com")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', textBlock = """
                    a zone that denies with NSEC3 is secure       ^ SECURE   ^ www.hashed.com
                    a missing name below NSEC3 is secure          ^ SECURE   ^ none.hashed.com
                    an unsigned delegation by NSEC3 is insecure   ^ INSECURE ^ www.below.hashed.com
                    an alias into another signed zone is secure   ^ SECURE   ^ other.example.com
                    an alias into an expired zone is bogus        ^ BOGUS    ^ old.example.com
                    an unknown algorithm is insecure              ^ INSECURE ^ www.future.com
                    a host with only IPv6 addresses is secure     ^ SECURE   ^ six.example.com
                    """)
    void validatesTheChainOfTrust(String sentence, DnssecStatus status, String host) {
        try (TestDnsServer dns = serve()) {
            assertEquals(
                    status,
                    status(validate(dns, host)),
                    () -> validate(dns, host).toString());
        }
    }

    @Test
    void hostWithoutIpv4IsValidatedByItsIpv6Address() {
        try (TestDnsServer dns = serve().fault("AAAA six.example.com", DnsFault.BOGUS)) {
            assertEquals(DnssecStatus.BOGUS, status(validate(dns, "six.example.com")));
        }
    }

    @Test
    void signaturesAreCheckedAtTheTimeOfTheScan() {
        try (TestDnsServer dns = serve()) {
            Instant later = NOW.plus(Duration.ofDays(2));
            assertEquals(
                    DnssecStatus.BOGUS,
                    status(validate(dns, "www.example.com", List.of(root.ds().toString()), later)));
        }
    }

    @Test
    void expiredSignaturesAreBogus() {
        try (TestDnsServer dns = serve()) {
            assertEquals(DnssecStatus.BOGUS, status(validate(dns, "www.expired.com")));
        }
    }

    @Test
    void signaturesOfOtherRecordsAreBogus() {
        try (TestDnsServer dns = serve()) {
            assertEquals(DnssecStatus.BOGUS, status(validate(dns, "www.broken.com")));
        }
    }

    @Test
    void servfailWithAnswerIfCheckingIsDisabledIsBogus() {
        try (TestDnsServer dns = serve().fault("A www.example.com", DnsFault.BOGUS)) {
            assertEquals(DnssecStatus.BOGUS, status(validate(dns, "www.example.com")));
        }
    }

    @Test
    void servfailEvenWithCheckingDisabledIsUnknown() {
        try (TestDnsServer dns = serve().fault("A www.example.com", DnsFault.SERVFAIL)) {
            assertTrue(reason(validate(dns, "www.example.com")).contains("SERVFAIL"));
        }
    }

    @Test
    void missingLinkOfTheChainIsUnknown() {
        try (TestDnsServer dns = serve().fault("DNSKEY com", DnsFault.REFUSED)) {
            assertTrue(reason(validate(dns, "www.example.com")).contains("refused"));
        }
    }

    @Test
    void forwarderThatStripsSignaturesIsUnknown() {
        try (TestDnsServer dns = serve().withoutDnssec()) {
            // RFC 4035 section 3.2.1: a resolver returns the DNSSEC records to a query with the DO bit.
            assertEquals(
                    "the resolver " + dns.server() + " does not forward DNSSEC records. Set dnsServers to a resolver"
                            + " that does, or waive dns.dnssec",
                    reason(validate(dns, "www.example.com")));
        }
    }

    @Test
    void invalidTrustAnchorIsUnknown() {
        try (TestDnsServer dns = serve()) {
            assertTrue(reason(validate(dns, "www.example.com", List.of(". IN A 192.0.2.1")))
                    .contains("trustAnchor"));
            assertTrue(reason(validate(dns, "www.example.com", List.of("nonsense")))
                    .contains("trustAnchor"));
        }
    }

    @Test
    void dnskeyIsAcceptedAsTrustAnchor() {
        try (TestDnsServer dns = serve()) {
            assertEquals(
                    DnssecStatus.SECURE,
                    status(validate(
                            dns, "www.example.com", List.of(root.dnskey().toString()))));
        }
    }

    @Test
    void anchorOfAnotherRootIsBogus() {
        try (TestDnsServer dns = serve()) {
            assertEquals(DnssecStatus.BOGUS, status(validate(dns, "www.example.com", List.of())));
        }
    }

    @Test
    void chainNeedsAtMostTwoQueriesPerLabelAndNoneTwice() {
        try (TestDnsServer dns = serve()) {
            validate(dns, "www.example.com");
            assertEquals(dns.questions().size(), new HashSet<>(dns.questions()).size(), dns.questions()::toString);
            assertTrue(dns.questions().size() <= 2 * 3 + 2, dns.questions()::toString);
        }
    }

    private TestDnsServer serve() {
        return TestDnsServer.serving(root, top, secure, plain, expired, broken, hashed, below, future);
    }

    private Observation<DnssecValidation> validate(TestDnsServer dns, String host) {
        return validate(dns, host, List.of(root.ds().toString()));
    }

    private static Observation<DnssecValidation> validate(TestDnsServer dns, String host, List<String> anchors) {
        return validate(dns, host, anchors, NOW);
    }

    private static Observation<DnssecValidation> validate(
            TestDnsServer dns, String host, List<String> anchors, Instant now) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        try (TaskScope tasks = new TaskScope(POOL)) {
            DnsClient client = DnsClient.of(List.of(HostAndPort.parse(dns.server(), 53)), deadline);
            return new DnssecValidator(client, tasks, anchors, new ValidatedChainCache()).validate(host, now, deadline);
        }
    }

    private static DnssecStatus status(Observation<DnssecValidation> seen) {
        return seen.value().status();
    }

    private static String reason(Observation<DnssecValidation> seen) {
        return assertInstanceOf(Observation.Unknown.class, seen).reason();
    }
}
