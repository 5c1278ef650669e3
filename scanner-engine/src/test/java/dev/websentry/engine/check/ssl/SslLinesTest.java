package dev.websentry.engine.check.ssl;

import static dev.websentry.engine.check.ssl.SeenTls.good;
import static dev.websentry.engine.check.ssl.SeenTls.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.testsite.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The category's lines that inform and carry no points. */
class SslLinesTest {
    private static final String YEAR = "max-age=31536000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hsts-preload",
                "key-exchange-groups",
                "alpn",
                "ocsp-stapling",
                "certificate-transparency",
                "certificate-issued-lifetime"
            })
    void withoutTlsThereIsNothingToTell(String line) {
        assertEquals("No TLS", told(good().target("http://www.example.com:8080"), line));
    }

    @Test
    void theProtocolOfTheHttpAnswerIsTold() {
        assertEquals("HTTP over TLS speaks h2", told(good().alpn("http/1.1"), "alpn"));
    }

    @Test
    void withoutHttpAnswerTheHandshakesOwnIs() {
        SeenTls site = good().https(Failure.Kind.TLS_FAILED);
        assertEquals("HTTP over TLS speaks http/1.1", told(site.alpn("http/1.1"), "alpn"));
        assertEquals("No protocol was seen", told(site.alpn(""), "alpn"));
    }

    @Test
    void groupsAreListed() {
        String line = "key-exchange-groups";
        assertEquals("X25519MLKEM768 was not seen; groups seen: X25519", told(good(), line));
        assertEquals("X25519MLKEM768 was not seen; groups seen: none", told(good().groups(), line));
        assertEquals(
                "X25519MLKEM768 (post-quantum) is supported; groups seen: P-256, X25519MLKEM768",
                told(good().groups("X25519MLKEM768", "P-256"), line));
    }

    @Test
    void aStapledResponseIsTold() {
        TestCertificate leaf = leaf().build();
        SeenTls stapled = good().serves(leaf.servedChain(), Optional.of(new byte[] {0x30, 0}));
        assertEquals("An OCSP response is stapled", told(stapled, "ocsp-stapling"));
        assertEquals("No stapled OCSP response was seen (no finding)", told(good(), "ocsp-stapling"));
    }

    /** RFC 6962 section 3.3: the list's length, then each timestamp behind its own length. */
    @ParameterizedTest
    @CsvSource({"'', 0", "0000, 0", "0003000101, 1", "0007000101000202FF, 2", "00040009, 1"})
    void embeddedTimestampsAreCounted(String list, int count) {
        assertEquals("EC leaf: " + count + " timestamps (SCTs) embedded", timestamps(list));
    }

    @Test
    void aTimestampMayBeLongerThanOneOctetCounts() {
        assertEquals("EC leaf: 2 timestamps (SCTs) embedded", timestamps("02860281" + "00".repeat(0x281) + "000101"));
    }

    private static String timestamps(String list) {
        byte[] bytes = HexFormat.of().parseHex(list);
        return told(good().serves(leaf().timestamps(bytes).build()), "certificate-transparency");
    }

    /** Baseline Requirements section 6.3.2; both ends count, so a second less than the days is all of them. */
    @ParameterizedTest
    @CsvSource({
        "2020-08-31T23:59:59Z, 825",
        "2020-09-01T00:00:00Z, 398",
        "2026-03-14T23:59:59Z, 398",
        "2026-03-15T00:00:00Z, 200",
        "2027-03-14T23:59:59Z, 200",
        "2027-03-15T00:00:00Z, 100",
        "2029-03-14T23:59:59Z, 100",
        "2029-03-15T00:00:00Z, 47"
    })
    void lifetimesAreComparedWithTheLongestOfTheirDay(Instant issued, int most) {
        String allowed = "Issued for " + most + " days, the Baseline Requirements then allowed " + most;
        Duration days = Duration.ofDays(most);
        assertEquals(allowed, issued(issued, days.minusSeconds(1)));
        assertEquals(allowed + ": longer than public CAs may issue", issued(issued, days));
    }

    private static String issued(Instant from, Duration lifetime) {
        SeenTls site = good().serves(leaf().valid(from, from.plus(lifetime)).build());
        return told(site, "certificate-issued-lifetime");
    }

    @Test
    void certificatesOfOneLifetimeAreOneLine() {
        SeenTls site = good().serves(leaf().build()).serves(leaf().rsa(2048).build());
        assertEquals(
                "Issued for 90 days, the Baseline Requirements then allowed 398",
                told(site, "certificate-issued-lifetime"));
    }

    @ParameterizedTest
    @CsvSource({
        "max-age=31536000; includeSubDomains; preload, meets the preload list's conditions",
        "max-age=31535999; includeSubDomains; preload, lacks a year or includeSubDomains",
        "max-age=31536000; preload,                    lacks a year or includeSubDomains",
        "max-age=31536000; includeSubDomains,          does not ask for the preload list",
        "preload,                                      does not ask for the preload list"
    })
    void thePreloadListWantsAYearWithSubdomains(String header, String said) {
        String value = told(good().hsts(header), "hsts-preload");
        assertTrue(value.contains(said), value);
    }

    @Test
    void withoutHstsNobodyAsksForThePreloadList() {
        assertEquals("The header does not ask for the preload list", told(good(), "hsts-preload"));
        assertEquals("The header does not ask for the preload list", told(good().hsts(YEAR), "hsts-preload"));
    }

    private static String told(SeenTls site, String line) {
        Verdict verdict = site.judged("ssl." + line).verdict();
        assertEquals(Outcome.INFO, verdict.outcome());
        return verdict.value();
    }
}
