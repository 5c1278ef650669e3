package dev.websentry.engine.check.ssl;

import static dev.websentry.engine.check.ssl.ObservedTls.good;
import static dev.websentry.engine.check.ssl.ObservedTls.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.testsite.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the checks of the category {@code ssl} that only inform and carry no points. */
class SslInfoTest {
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
    void reportsNoTlsIfTlsIsNotAvailable(String check) {
        assertEquals("No TLS", value(good().target("http://www.example.com:8080"), check));
    }

    @Test
    void reportsProtocolOfHttpResponse() {
        assertEquals("Negotiated protocol: h2", value(good().alpn("http/1.1"), "alpn"));
    }

    @Test
    void reportsProtocolOfHandshakeWithoutHttpResponse() {
        ObservedTls site = good().https(Failure.RequestFailureKind.TLS_FAILED);
        assertEquals("Negotiated protocol: http/1.1", value(site.alpn("http/1.1"), "alpn"));
        assertEquals("No negotiated protocol was observed", value(site.alpn(""), "alpn"));
    }

    @Test
    void reportsKeyExchangeGroups() {
        String check = "key-exchange-groups";
        assertEquals("X25519MLKEM768 was not observed; observed groups: X25519", value(good(), check));
        assertEquals("X25519MLKEM768 was not observed; observed groups: none", value(good().groups(), check));
        assertEquals(
                "X25519MLKEM768 (post-quantum) is supported; observed groups: P-256, X25519MLKEM768",
                value(good().groups("X25519MLKEM768", "P-256"), check));
    }

    @Test
    void reportsStapledOcspResponse() {
        TestCertificate leaf = leaf().build();
        ObservedTls stapled = good().serves(leaf.servedChain(), Optional.of(new byte[] {0x30, 0}));
        assertEquals("An OCSP response is stapled", value(stapled, "ocsp-stapling"));
        assertEquals("No stapled OCSP response was observed (this is not a finding)", value(good(), "ocsp-stapling"));
    }

    /** RFC 6962 section 3.3: the length of the list, then the length of each timestamp followed by the timestamp. */
    @ParameterizedTest
    @CsvSource({"'', 0", "0000, 0", "00040009, 0"})
    void countsEmbeddedTimestamps(String list, int count) {
        assertEquals(
                "EC leaf: " + count + " timestamps (SCTs) embedded, 0 in the handshake or a stapled OCSP response",
                timestamps(list));
    }

    @Test
    void countsTheLogsOfEmbeddedTimestamps() {
        assertEquals(
                "EC leaf: 1 timestamp (SCT) embedded, 0 in the handshake or a stapled OCSP response",
                timestamps(HexFormat.of().formatHex(Timestamps.list(Timestamps.of(1)))));
        String list = HexFormat.of().formatHex(Timestamps.list(Timestamps.of(1), Timestamps.of(2), Timestamps.of(2)));
        assertEquals(
                "EC leaf: 2 timestamps (SCTs) embedded, 0 in the handshake or a stapled OCSP response",
                timestamps(list));
    }

    private static String timestamps(String list) {
        byte[] bytes = HexFormat.of().parseHex(list);
        return value(good().serves(leaf().signedCertificateTimestamps(bytes).build()), "certificate-transparency");
    }

    /**
     * Baseline Requirements section 6.3.2. The validity period includes both end points, so a difference of one second
     * less than the maximum is exactly the maximum.
     */
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
    void comparesLifetimeWithMaximumAtIssuance(Instant issued, int max) {
        String allowed = "Issued for " + max + " days; the Baseline Requirements allowed " + max + " days at issuance";
        Duration days = Duration.ofDays(max);
        assertEquals(allowed, issued(issued, days.minusSeconds(1)));
        assertEquals(allowed + ": longer than public CAs may issue", issued(issued, days));
    }

    private static String issued(Instant from, Duration lifetime) {
        ObservedTls site = good().serves(leaf().valid(from, from.plus(lifetime)).build());
        return value(site, "certificate-issued-lifetime");
    }

    @Test
    void lifetimeOfOneDayIsInTheSingular() {
        String value = issued(Instant.parse("2026-03-15T00:00:00Z"), Duration.ofDays(1));
        assertEquals("Issued for 1 day; the Baseline Requirements allowed 200 days at issuance", value);
    }

    @Test
    void reportsEqualLifetimesOnce() {
        ObservedTls site = good().serves(leaf().build()).serves(leaf().rsa(2048).build());
        assertEquals(
                "Issued for 90 days; the Baseline Requirements allowed 398 days at issuance",
                value(site, "certificate-issued-lifetime"));
    }

    @ParameterizedTest
    @CsvSource({
        "max-age=31536000; includeSubDomains; preload, meets the requirements of the preload list",
        "max-age=31535999; includeSubDomains; preload, max-age is less than a year or includeSubDomains is missing",
        "max-age=31536000; preload,                    max-age is less than a year or includeSubDomains is missing",
        "max-age=31536000; includeSubDomains,          does not request preloading",
        "preload,                                      does not request preloading"
    })
    void preloadRequiresOneYearWithSubdomains(String header, String expected) {
        String value = value(good().hsts(header), "hsts-preload");
        assertTrue(value.contains(expected), value);
    }

    @Test
    void preloadIsNotRequestedWithoutPreloadDirective() {
        assertEquals("The header does not request preloading", value(good(), "hsts-preload"));
        assertEquals("The header does not request preloading", value(good().hsts(YEAR), "hsts-preload"));
    }

    private static String value(ObservedTls site, String check) {
        CheckVerdict verdict = site.evaluate("ssl." + check).verdict();
        assertEquals(CheckOutcome.INFO, verdict.outcome());
        return verdict.value();
    }
}
