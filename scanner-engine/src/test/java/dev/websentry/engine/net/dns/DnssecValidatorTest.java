package dev.websentry.engine.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.DnsValidation;
import dev.websentry.engine.observe.DnsValidation.Status;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.testsite.dns.Fault;
import dev.websentry.testsite.dns.TestDns;
import dev.websentry.testsite.dns.TestZone;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Over a root, a top-level zone and zones below it, all of the test's own making. */
class DnssecValidatorTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ExecutorService POOL = Tasks.newPool();

    private final TestZone secure = TestZone.of("example.com.", "www A 192.0.2.1\nalias CNAME www.plain.com.")
            .signed(NOW);
    private final TestZone plain = TestZone.of("plain.com.", "www A 192.0.2.2");
    private final TestZone expired =
            TestZone.of("expired.com.", "www A 192.0.2.3").signed(NOW.minus(Duration.ofDays(30)));
    private final TestZone broken =
            TestZone.of("broken.com.", "www A 192.0.2.4").signed(NOW).broken();
    private final TestZone top = TestZone.of("com.", "")
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
    void aSignedZoneIsSecure() {
        try (TestDns dns = serve()) {
            assertEquals(Status.SECURE, status(validate(dns, "www.example.com")));
        }
    }

    @Test
    void anAbsentAddressInASignedZoneIsSecureToo() {
        try (TestDns dns = serve()) {
            assertEquals(Status.SECURE, status(validate(dns, "nothing.example.com")));
        }
    }

    @Test
    void anUnsignedZoneIsInsecure() {
        try (TestDns dns = serve()) {
            assertEquals(Status.INSECURE, status(validate(dns, "www.plain.com")));
        }
    }

    @Test
    void anAliasIntoAnUnsignedZoneIsInsecure() {
        try (TestDns dns = serve()) {
            assertEquals(Status.INSECURE, status(validate(dns, "alias.example.com")));
        }
    }

    @Test
    void expiredSignaturesAreBogus() {
        try (TestDns dns = serve()) {
            assertEquals(Status.BOGUS, status(validate(dns, "www.expired.com")));
        }
    }

    @Test
    void signaturesOfOtherRecordsAreBogus() {
        try (TestDns dns = serve()) {
            assertEquals(Status.BOGUS, status(validate(dns, "www.broken.com")));
        }
    }

    @Test
    void servfailThatAnswersWithCheckingDisabledIsBogus() {
        try (TestDns dns = serve().fault("A www.example.com", Fault.BOGUS)) {
            assertEquals(Status.BOGUS, status(validate(dns, "www.example.com")));
        }
    }

    @Test
    void servfailEitherWayIsUnknown() {
        try (TestDns dns = serve().fault("A www.example.com", Fault.SERVFAIL)) {
            assertTrue(reason(validate(dns, "www.example.com")).contains("SERVFAIL"));
        }
    }

    @Test
    void aMissingLinkOfTheChainIsUnknown() {
        try (TestDns dns = serve().fault("DNSKEY com", Fault.REFUSED)) {
            assertTrue(reason(validate(dns, "www.example.com")).contains("refused"));
        }
    }

    @Test
    void aForwarderThatStripsSignaturesIsUnknown() {
        try (TestDns dns = serve().stripping()) {
            assertTrue(reason(validate(dns, "www.example.com")).contains("does not pass DNSSEC records on"));
        }
    }

    @Test
    void aTrustAnchorThatIsNoneIsUnknown() {
        try (TestDns dns = serve()) {
            assertTrue(reason(validate(dns, "www.example.com", List.of(". IN A 192.0.2.1")))
                    .contains("trustAnchor"));
            assertTrue(reason(validate(dns, "www.example.com", List.of("nonsense")))
                    .contains("trustAnchor"));
        }
    }

    @Test
    void aDnskeyServesAsAnchorToo() {
        try (TestDns dns = serve()) {
            assertEquals(
                    Status.SECURE,
                    status(validate(
                            dns, "www.example.com", List.of(root.dnskey().toString()))));
        }
    }

    @Test
    void anotherRootsAnchorDoesNotFit() {
        try (TestDns dns = serve()) {
            assertEquals(Status.BOGUS, status(validate(dns, "www.example.com", List.of())));
        }
    }

    @Test
    void theChainCostsAtMostTwoQuestionsALabelAndNoneTwice() {
        try (TestDns dns = serve()) {
            validate(dns, "www.example.com");
            assertEquals(dns.questions().size(), new HashSet<>(dns.questions()).size(), dns.questions()::toString);
            assertTrue(dns.questions().size() <= 2 * 3 + 2, dns.questions()::toString);
        }
    }

    private TestDns serve() {
        return TestDns.serving(root, top, secure, plain, expired, broken);
    }

    private Observed<DnsValidation> validate(TestDns dns, String host) {
        return validate(dns, host, List.of(root.ds().toString()));
    }

    private static Observed<DnsValidation> validate(TestDns dns, String host, List<String> anchors) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        try (Tasks tasks = new Tasks(POOL)) {
            DnsClient client = DnsClient.of(List.of(HostAndPort.parse(dns.server(), 53)), deadline);
            return new DnssecValidator(client, tasks, anchors).validate(host, NOW, deadline);
        }
    }

    private static Status status(Observed<DnsValidation> seen) {
        return seen.value().status();
    }

    private static String reason(Observed<DnsValidation> seen) {
        return assertInstanceOf(Observed.Unknown.class, seen).reason();
    }
}
