package dev.websentry.engine.check.ssl;

import static dev.websentry.engine.check.ssl.ObservedTls.good;
import static dev.websentry.engine.check.ssl.ObservedTls.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.TlsEndpoint.Reachability;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.testsite.TestCertificate;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the verdicts of all checks of the category {@code ssl} that carry points. */
class SslChecksTest {
    private static final TestCertificate INTERMEDIATE = ObservedTls.withLifetime(
                    ObservedTls.ROOT.issueIntermediate("Intermediate"), 3650)
            .build();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"https", "versions", "suites", "hsts"})
    void servers(String sentence, Supplier<ObservedTls> site, String id, CheckOutcome outcome, String value, int cap) {
        assertVerdict(sentence, site, id, outcome, value, cap);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"trust", "hosts", "lifetimes", "strengths"})
    void certificates(
            String sentence, Supplier<ObservedTls> site, String id, CheckOutcome outcome, String value, int cap) {
        assertVerdict(sentence, site, id, outcome, value, cap);
    }

    private static void assertVerdict(
            String sentence, Supplier<ObservedTls> site, String id, CheckOutcome outcome, String value, int cap) {
        EvaluatedCheck result = site.get().evaluate(id);
        String message = sentence + ": " + result.verdict();
        assertEquals(outcome, result.verdict().outcome(), message);
        assertTrue(result.verdict().value().contains(value), message);
        assertEquals(
                cap,
                result.verdict().caps().stream()
                        .mapToInt(CheckScoreCap::limit)
                        .min()
                        .orElse(100),
                message);
        result.verdict().evidence().forEach(line -> assertTrue(line.length() <= 300, line));
    }

    private static Arguments row(
            String sentence, Supplier<ObservedTls> site, String id, CheckOutcome outcome, String value, int cap) {
        return arguments(sentence, site, "ssl." + id, outcome, value, cap);
    }

    private static Arguments row(
            String sentence, Supplier<ObservedTls> site, String id, CheckOutcome outcome, String value) {
        return row(sentence, site, id, outcome, value, 100);
    }

    static Stream<Arguments> https() {
        Reachability.ReachabilityKind refused = Reachability.ReachabilityKind.REFUSED;
        return Stream.of(
                row("an available address passes", () -> good(), "https", CheckOutcome.PASS, "1 address"),
                row(
                        "one refusing address of two warns",
                        () -> good().anotherAddress(refused),
                        "https",
                        CheckOutcome.WARN,
                        "1 of 2"),
                row(
                        "an address without a route is not counted",
                        () -> good().anotherAddress(Reachability.ReachabilityKind.NO_ROUTE),
                        "https",
                        CheckOutcome.PASS,
                        "not counted"),
                row("a closed port fails", () -> good().reach(refused), "https", CheckOutcome.FAIL, "No HTTPS", 49),
                row(
                        "a server without TLS fails",
                        () -> good().reach(Reachability.ReachabilityKind.NOT_TLS),
                        "https",
                        CheckOutcome.FAIL,
                        "No HTTPS",
                        49),
                row(
                        "a timeout is not checked",
                        () -> good().reach(Reachability.ReachabilityKind.UNKNOWN)
                                .noEntry(),
                        "https",
                        CheckOutcome.NOT_CHECKED,
                        "Not checked: UNKNOWN"),
                row(
                        "a silent port without plain http is not checked",
                        () -> good().reach(Reachability.ReachabilityKind.SILENT).noEntry(),
                        "https",
                        CheckOutcome.NOT_CHECKED,
                        "SILENT"),
                row(
                        "a silent port next to plain http fails",
                        () -> good().reach(Reachability.ReachabilityKind.SILENT)
                                .entry(ObservedSite.get(
                                        "http://www.example.com/", ObservedSite.response(200, List.of(), ""))),
                        "https",
                        CheckOutcome.FAIL,
                        "No HTTPS",
                        49),
                row(
                        "a final URL of plain http caps the score",
                        () -> good().entry(ObservedSite.get(
                                "http://www.example.com/", ObservedSite.response(200, List.of(), ""))),
                        "https",
                        CheckOutcome.PASS,
                        "HTTPS is available",
                        49),
                row(
                        "TLS that the Java runtime does not support passes with a note",
                        () -> good().https(Failure.RequestFailureKind.TLS_FAILED),
                        "https",
                        CheckOutcome.PASS,
                        "no HTTP request could be completed"),
                row(
                        "a required client certificate passes with a note",
                        () -> good().https(Failure.RequestFailureKind.CLIENT_CERTIFICATE_REQUIRED),
                        "https",
                        CheckOutcome.PASS,
                        "no HTTP request could be completed"),
                row(
                        "a target that uses plain http fails",
                        () -> good().target("http://www.example.com:8080"),
                        "https",
                        CheckOutcome.FAIL,
                        "the site uses plain http",
                        49),
                row(
                        "protocol versions fail without TLS",
                        () -> good().reach(refused),
                        "protocol-versions",
                        CheckOutcome.FAIL,
                        "TLS is not available"),
                row(
                        "HSTS fails without TLS",
                        () -> good().reach(refused),
                        "hsts",
                        CheckOutcome.FAIL,
                        "TLS is not available"));
    }

    static Stream<Arguments> versions() {
        ProtocolVersion v12 = ProtocolVersion.TLS_1_2;
        ProtocolVersion v13 = ProtocolVersion.TLS_1_3;
        String id = "protocol-versions";
        return Stream.of(
                row("1.2 and 1.3 pass", () -> good(), id, CheckOutcome.PASS, "Only TLS 1.2 and TLS 1.3"),
                row("1.3 only passes", () -> good().accepts(v13), id, CheckOutcome.PASS, "Only TLS 1.3"),
                row("1.2 only warns", () -> good().accepts(v12), id, CheckOutcome.WARN, "without TLS 1.3"),
                row(
                        "1.1 fails",
                        () -> good().accepts(ProtocolVersion.TLS_1_1, v13),
                        id,
                        CheckOutcome.FAIL,
                        "TLS 1.1",
                        89),
                row(
                        "1.0 fails",
                        () -> good().accepts(ProtocolVersion.TLS_1_0, v12),
                        id,
                        CheckOutcome.FAIL,
                        "TLS 1.0",
                        89),
                row(
                        "SSLv3 fails",
                        () -> good().accepts(ProtocolVersion.SSL_3, v12),
                        id,
                        CheckOutcome.FAIL,
                        "SSLv3",
                        79),
                row(
                        "SSLv2 fails",
                        () -> good().accepts(ProtocolVersion.SSL_2, v12),
                        id,
                        CheckOutcome.FAIL,
                        "SSLv2",
                        49),
                row(
                        "an unknown version is not checked",
                        () -> good().unknown(v13),
                        id,
                        CheckOutcome.NOT_CHECKED,
                        "in time"),
                row(
                        "an old version fails even if another one is unknown",
                        () -> good().accepts(ProtocolVersion.TLS_1_0).unknown(v13),
                        id,
                        CheckOutcome.FAIL,
                        "TLS 1.0",
                        89));
    }

    static Stream<Arguments> suites() {
        String id = "cipher-suites";
        return Stream.of(
                row(
                        "AEAD with forward secrecy passes",
                        () -> good(),
                        id,
                        CheckOutcome.PASS,
                        "Only cipher suites with forward secrecy"),
                row(
                        "CBC warns",
                        () -> good().suite("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
                        id,
                        CheckOutcome.WARN,
                        "CBC"),
                row(
                        "static RSA warns",
                        () -> good().suite("TLS_RSA_WITH_AES_128_GCM_SHA256"),
                        id,
                        CheckOutcome.WARN,
                        "static"),
                row("DH 1024 warns", () -> good().dhBits(1024), id, CheckOutcome.WARN, "1024 bits"),
                row("DH 2048 passes", () -> good().dhBits(2048), id, CheckOutcome.PASS, ""),
                row("DH 768 fails", () -> good().dhBits(768), id, CheckOutcome.FAIL, "768 bits"),
                row("3DES fails", () -> good().suite("TLS_RSA_WITH_3DES_EDE_CBC_SHA"), id, CheckOutcome.FAIL, "3DES"),
                row("RC4 fails", () -> good().suite("TLS_RSA_WITH_RC4_128_SHA"), id, CheckOutcome.FAIL, "RC4", 79),
                row("NULL fails", () -> good().suite("TLS_RSA_WITH_NULL_SHA"), id, CheckOutcome.FAIL, "NULL", 49),
                row(
                        "EXPORT fails",
                        () -> good().suite("TLS_RSA_EXPORT_WITH_RC4_40_MD5"),
                        id,
                        CheckOutcome.FAIL,
                        "EXPORT",
                        49),
                row(
                        "anonymous fails",
                        () -> good().suite("TLS_DH_anon_WITH_AES_128_CBC_SHA"),
                        id,
                        CheckOutcome.FAIL,
                        "anon",
                        49),
                row(
                        "an unknown cipher group is not checked",
                        () -> good().unknown(CipherStrength.RC4),
                        id,
                        CheckOutcome.NOT_CHECKED,
                        ""));
    }

    static Stream<Arguments> hsts() {
        String year = "max-age=31536000; includeSubDomains";
        return Stream.of(
                row(
                        "a year with subdomains passes",
                        () -> good().hsts(year),
                        "hsts",
                        CheckOutcome.PASS,
                        "max-age=31536000"),
                row("missing HSTS fails", () -> good(), "hsts", CheckOutcome.FAIL, "No Strict-Transport-Security"),
                row(
                        "less than a year warns",
                        () -> good().hsts("max-age=86400; includeSubDomains"),
                        "hsts",
                        CheckOutcome.WARN,
                        ""),
                row(
                        "missing includeSubDomains warns",
                        () -> good().hsts("max-age=31536000"),
                        "hsts",
                        CheckOutcome.WARN,
                        "includeSubDomains"),
                row(
                        "max-age=0 fails",
                        () -> good().hsts("max-age=0"),
                        "hsts",
                        CheckOutcome.FAIL,
                        "max-age=0 disables HSTS"),
                row("a malformed header fails", () -> good().hsts("max-age"), "hsts", CheckOutcome.FAIL, "malformed"),
                row(
                        "conflicting lines warn",
                        () -> good().hsts(year, "max-age=0"),
                        "hsts",
                        CheckOutcome.WARN,
                        "conflicting header lines"),
                row(
                        "the first line applies",
                        () -> good().hsts("max-age=0", year),
                        "hsts",
                        CheckOutcome.FAIL,
                        "max-age=0 disables HSTS"),
                row(
                        "HSTS with a certificate of another host fails",
                        () -> good().hsts(year).serves(leaf("other.example").build()),
                        "hsts",
                        CheckOutcome.FAIL,
                        "certificate errors"),
                row(
                        "HSTS does not apply to an IP address",
                        () -> good().target("https://192.0.2.7"),
                        "hsts",
                        CheckOutcome.NOT_APPLICABLE,
                        "addresses"));
    }

    static Stream<Arguments> trust() {
        String id = "certificate-trust";
        TestCertificate issued = ObservedTls.withLifetime(INTERMEDIATE.issue("www.example.com"), 90)
                .build();
        TestCertificate untrusted = ObservedTls.selfSignedRoot("Untrusted root");
        return Stream.of(
                row(
                        "a trusted chain passes",
                        () -> good(),
                        id,
                        CheckOutcome.PASS,
                        "Trusted: the chain leads to CN=Test root"),
                row(
                        "a chain with an intermediate passes",
                        () -> good().serves(issued),
                        id,
                        CheckOutcome.PASS,
                        "Trusted"),
                row(
                        "a chain that is completed through AIA warns",
                        () -> good().serves(List.of(issued.certificate())).downloadedIssuer(INTERMEDIATE.certificate()),
                        id,
                        CheckOutcome.WARN,
                        "does not send every intermediate"),
                row(
                        "an incomplete chain fails",
                        () -> good().serves(List.of(issued.certificate())),
                        id,
                        CheckOutcome.FAIL,
                        "Unknown CA",
                        49),
                row(
                        "an expired certificate fails",
                        () -> good().serves(ObservedTls.withLifetime(leaf(), 20).build()),
                        id,
                        CheckOutcome.FAIL,
                        "Expired on",
                        49),
                row(
                        "a certificate that is not yet valid fails",
                        () -> good().serves(leaf().valid(
                                        ObservedSite.NOW.plus(Duration.ofDays(1)),
                                        ObservedSite.NOW.plus(Duration.ofDays(9)))
                                .build()),
                        id,
                        CheckOutcome.FAIL,
                        "Not valid before",
                        49),
                row(
                        "a self-signed certificate fails",
                        () -> good().serves(leaf().selfSigned()),
                        id,
                        CheckOutcome.FAIL,
                        "Self-signed",
                        49),
                row(
                        "a certificate of an untrusted CA fails",
                        () -> good().serves(ObservedTls.withLifetime(untrusted.issue("www.example.com"), 90)
                                .build()),
                        id,
                        CheckOutcome.FAIL,
                        "Unknown CA",
                        49),
                row(
                        "an untrusted root with the same name fails",
                        () -> good().serves(ObservedTls.withLifetime(
                                        ObservedTls.selfSignedRoot("Test root").issue("www.example.com"), 90)
                                .build()),
                        id,
                        CheckOutcome.FAIL,
                        "Unknown CA",
                        49),
                row(
                        "a client certificate fails",
                        () -> good().serves(leaf().purpose(KeyPurposeId.id_kp_clientAuth)
                                .build()),
                        id,
                        CheckOutcome.FAIL,
                        "extended key usage",
                        49),
                row(
                        "a certificate that a leaf issued fails",
                        () -> good().serves(
                                        ObservedTls.withLifetime(leaf().build().issue("www.example.com"), 90)
                                                .build()),
                        id,
                        CheckOutcome.FAIL,
                        "is not a CA certificate",
                        49),
                row(
                        "an expired intermediate fails",
                        () -> good().serves(ObservedTls.withLifetime(
                                        ObservedTls.withLifetime(ObservedTls.ROOT.issueIntermediate("Old"), 10)
                                                .build()
                                                .issue("www.example.com"),
                                        90)
                                .build()),
                        id,
                        CheckOutcome.FAIL,
                        "intermediate certificate CN=Old expired",
                        49),
                row(
                        "the worse of two certificates determines the verdict",
                        () -> good().serves(leaf().build())
                                .serves(leaf().rsa(2048).selfSigned()),
                        id,
                        CheckOutcome.FAIL,
                        "the served certificates differ",
                        49));
    }

    static Stream<Arguments> hosts() {
        String id = "certificate-host";
        return Stream.of(
                row("a matching name passes", () -> good(), id, CheckOutcome.PASS, "www.example.com"),
                row(
                        "a wildcard passes",
                        () -> good().serves(leaf("*.example.com").build()),
                        id,
                        CheckOutcome.PASS,
                        ""),
                row(
                        "another name fails",
                        () -> good().serves(leaf("other.example").build()),
                        id,
                        CheckOutcome.FAIL,
                        "does not match",
                        49),
                row(
                        "a certificate with only a common name fails",
                        () -> good().serves(ObservedTls.withLifetime(ObservedTls.ROOT.issue(), 90)
                                .build()),
                        id,
                        CheckOutcome.FAIL,
                        "no subject alternative name",
                        49),
                row(
                        "an IP address in the certificate passes",
                        () -> good().target("https://192.0.2.7")
                                .serves(leaf("192.0.2.7").build()),
                        id,
                        CheckOutcome.PASS,
                        "192.0.2.7"),
                row(
                        "an IP address that is not in the certificate fails",
                        () -> good().target("https://192.0.2.7"),
                        id,
                        CheckOutcome.FAIL,
                        "does not match",
                        49));
    }

    static Stream<Arguments> lifetimes() {
        String id = "certificate-lifetime";
        return Stream.of(
                row("60 of 90 days pass", () -> good(), id, CheckOutcome.PASS, "60 days of 90 days"),
                row("20 of 90 days warn", () -> aged(70, 20), id, CheckOutcome.WARN, "20 days"),
                row("21 of 90 days pass", () -> aged(69, 21), id, CheckOutcome.PASS, "21 days"),
                row("7 of 90 days warn", () -> aged(83, 7), id, CheckOutcome.WARN, "7 days"),
                row("the last moment fails", () -> aged(90, 0), id, CheckOutcome.FAIL, "0 hours"),
                row("6 of 90 days fail", () -> aged(84, 6), id, CheckOutcome.FAIL, "6 days"),
                row("2 of 6 days pass", () -> aged(4, 2), id, CheckOutcome.PASS, "2 days of 6 days"),
                row("1 of 6 days warns", () -> aged(5, 1), id, CheckOutcome.WARN, "24 hours"),
                row("22 of 398 days pass", () -> aged(376, 22), id, CheckOutcome.PASS, ""),
                row("an expired certificate fails", () -> aged(90, -1), id, CheckOutcome.FAIL, "expired"));
    }

    private static ObservedTls aged(int days, int remaining) {
        return good().serves(leaf().valid(
                        ObservedSite.NOW.minus(Duration.ofDays(days)),
                        ObservedSite.NOW.plus(Duration.ofDays(remaining)))
                .build());
    }

    private static KeyPair edwards(String curve) {
        try {
            return KeyPairGenerator.getInstance(curve).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> strengths() {
        String id = "certificate-strength";
        return Stream.of(
                row("EC 256 passes", () -> good(), id, CheckOutcome.PASS, "EC 256"),
                row(
                        "RSA 2048 passes",
                        () -> good().serves(leaf().rsa(2048).build()),
                        id,
                        CheckOutcome.PASS,
                        "RSA 2048"),
                row("RSA 1024 fails", () -> good().serves(leaf().rsa(1024).build()), id, CheckOutcome.FAIL, "RSA 1024"),
                row(
                        "RSA 768 fails and caps the score",
                        () -> good().serves(leaf().rsa(768).build()),
                        id,
                        CheckOutcome.FAIL,
                        "RSA 768",
                        49),
                row(
                        "Ed25519 warns",
                        () -> good().serves(leaf().keys(edwards("Ed25519")).build()),
                        id,
                        CheckOutcome.WARN,
                        "leaf with Ed25519 (browsers do not support it)"),
                row(
                        "Ed448 warns",
                        () -> good().serves(leaf().keys(edwards("Ed448")).build()),
                        id,
                        CheckOutcome.WARN,
                        "leaf with Ed448 (browsers do not support it)"),
                row(
                        "SHA-224 warns",
                        () -> good().serves(leaf().signature("SHA224withECDSA").build()),
                        id,
                        CheckOutcome.WARN,
                        "SHA224"),
                row(
                        "SHA-1 fails",
                        () -> good().serves(leaf().signature("SHA1withECDSA").build()),
                        id,
                        CheckOutcome.FAIL,
                        "SHA1",
                        49),
                row(
                        "a weak intermediate fails without a cap",
                        () -> good().serves(ObservedTls.withLifetime(
                                        ObservedTls.withLifetime(ObservedTls.ROOT.issueIntermediate("Weak"), 3650)
                                                .rsa(1024)
                                                .build()
                                                .issue("www.example.com"),
                                        90)
                                .build()),
                        id,
                        CheckOutcome.FAIL,
                        "intermediate with RSA 1024"));
    }
}
