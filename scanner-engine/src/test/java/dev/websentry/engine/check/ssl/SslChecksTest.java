package dev.websentry.engine.check.ssl;

import static dev.websentry.engine.check.ssl.SeenTls.good;
import static dev.websentry.engine.check.ssl.SeenTls.leaf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.TlsEndpoint.Reach;
import dev.websentry.engine.syntax.tls.CipherGroup;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.testsite.TestCertificate;
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
    private static final TestCertificate INTERMEDIATE =
            SeenTls.timed(SeenTls.ROOT.issueAuthority("Intermediate"), 3650).build();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"https", "versions", "suites", "hsts"})
    void servers(String sentence, Supplier<SeenTls> site, String id, Outcome outcome, String value, int cap) {
        assertVerdict(sentence, site, id, outcome, value, cap);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"trust", "hosts", "lifetimes", "strengths"})
    void certificates(String sentence, Supplier<SeenTls> site, String id, Outcome outcome, String value, int cap) {
        assertVerdict(sentence, site, id, outcome, value, cap);
    }

    private static void assertVerdict(
            String sentence, Supplier<SeenTls> site, String id, Outcome outcome, String value, int cap) {
        Judged result = site.get().judged(id);
        String message = sentence + ": " + result.verdict();
        assertEquals(outcome, result.verdict().outcome(), message);
        assertTrue(result.verdict().value().contains(value), message);
        assertEquals(
                cap, result.verdict().caps().stream().mapToInt(Cap::limit).min().orElse(100), message);
        result.verdict().evidence().forEach(line -> assertTrue(line.length() <= 300, line));
    }

    private static Arguments row(
            String sentence, Supplier<SeenTls> site, String id, Outcome outcome, String value, int cap) {
        return arguments(sentence, site, "ssl." + id, outcome, value, cap);
    }

    private static Arguments row(String sentence, Supplier<SeenTls> site, String id, Outcome outcome, String value) {
        return row(sentence, site, id, outcome, value, 100);
    }

    static Stream<Arguments> https() {
        Reach.Kind refused = Reach.Kind.REFUSED;
        return Stream.of(
                row("an available address passes", () -> good(), "https", Outcome.PASS, "1 address"),
                row("one refusing address of two warns", () -> good().also(refused), "https", Outcome.WARN, "1 of 2"),
                row(
                        "an address without a route is not counted",
                        () -> good().also(Reach.Kind.NO_ROUTE),
                        "https",
                        Outcome.PASS,
                        "not counted"),
                row("a closed port fails", () -> good().reach(refused), "https", Outcome.FAIL, "No HTTPS", 49),
                row(
                        "a server without TLS fails",
                        () -> good().reach(Reach.Kind.NOT_TLS),
                        "https",
                        Outcome.FAIL,
                        "No HTTPS",
                        49),
                row(
                        "a timeout is not checked",
                        () -> good().reach(Reach.Kind.UNKNOWN).noEntry(),
                        "https",
                        Outcome.NOT_CHECKED,
                        "Not checked: UNKNOWN"),
                row(
                        "a silent port without plain http is not checked",
                        () -> good().reach(Reach.Kind.SILENT).noEntry(),
                        "https",
                        Outcome.NOT_CHECKED,
                        "SILENT"),
                row(
                        "a silent port next to plain http fails",
                        () -> good().reach(Reach.Kind.SILENT)
                                .entry(SeenSite.get("http://www.example.com/", SeenSite.response(200, List.of(), ""))),
                        "https",
                        Outcome.FAIL,
                        "No HTTPS",
                        49),
                row(
                        "a final URL of plain http caps the score",
                        () -> good().entry(
                                        SeenSite.get("http://www.example.com/", SeenSite.response(200, List.of(), ""))),
                        "https",
                        Outcome.PASS,
                        "HTTPS is available",
                        49),
                row(
                        "TLS that the Java runtime does not support passes with a note",
                        () -> good().https(Failure.Kind.TLS_FAILED),
                        "https",
                        Outcome.PASS,
                        "no HTTP request could be completed"),
                row(
                        "a required client certificate passes with a note",
                        () -> good().https(Failure.Kind.CLIENT_CERTIFICATE_REQUIRED),
                        "https",
                        Outcome.PASS,
                        "no HTTP request could be completed"),
                row(
                        "a target that uses plain http fails",
                        () -> good().target("http://www.example.com:8080"),
                        "https",
                        Outcome.FAIL,
                        "the site uses plain http",
                        49),
                row(
                        "protocol versions fail without TLS",
                        () -> good().reach(refused),
                        "protocol-versions",
                        Outcome.FAIL,
                        "TLS is not available"),
                row(
                        "HSTS fails without TLS",
                        () -> good().reach(refused),
                        "hsts",
                        Outcome.FAIL,
                        "TLS is not available"));
    }

    static Stream<Arguments> versions() {
        ProtocolVersion v12 = ProtocolVersion.TLS_1_2;
        ProtocolVersion v13 = ProtocolVersion.TLS_1_3;
        String id = "protocol-versions";
        return Stream.of(
                row("1.2 and 1.3 pass", () -> good(), id, Outcome.PASS, "Only TLS 1.2 and TLS 1.3"),
                row("1.3 only passes", () -> good().accepts(v13), id, Outcome.PASS, "Only TLS 1.3"),
                row("1.2 only warns", () -> good().accepts(v12), id, Outcome.WARN, "without TLS 1.3"),
                row("1.1 fails", () -> good().accepts(ProtocolVersion.TLS_1_1, v13), id, Outcome.FAIL, "TLS 1.1", 89),
                row("1.0 fails", () -> good().accepts(ProtocolVersion.TLS_1_0, v12), id, Outcome.FAIL, "TLS 1.0", 89),
                row("SSLv3 fails", () -> good().accepts(ProtocolVersion.SSL_3, v12), id, Outcome.FAIL, "SSLv3", 79),
                row("SSLv2 fails", () -> good().accepts(ProtocolVersion.SSL_2, v12), id, Outcome.FAIL, "SSLv2", 49),
                row("an unknown version is not checked", () -> good().unknown(v13), id, Outcome.NOT_CHECKED, "in time"),
                row(
                        "an old version fails even if another one is unknown",
                        () -> good().accepts(ProtocolVersion.TLS_1_0).unknown(v13),
                        id,
                        Outcome.FAIL,
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
                        Outcome.PASS,
                        "Only cipher suites with forward secrecy"),
                row("CBC warns", () -> good().suite("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"), id, Outcome.WARN, "CBC"),
                row(
                        "static RSA warns",
                        () -> good().suite("TLS_RSA_WITH_AES_128_GCM_SHA256"),
                        id,
                        Outcome.WARN,
                        "static"),
                row("DH 1024 warns", () -> good().dhBits(1024), id, Outcome.WARN, "1024 bits"),
                row("DH 2048 passes", () -> good().dhBits(2048), id, Outcome.PASS, ""),
                row("DH 768 fails", () -> good().dhBits(768), id, Outcome.FAIL, "768 bits"),
                row("3DES fails", () -> good().suite("TLS_RSA_WITH_3DES_EDE_CBC_SHA"), id, Outcome.FAIL, "3DES"),
                row("RC4 fails", () -> good().suite("TLS_RSA_WITH_RC4_128_SHA"), id, Outcome.FAIL, "RC4", 79),
                row("NULL fails", () -> good().suite("TLS_RSA_WITH_NULL_SHA"), id, Outcome.FAIL, "NULL", 49),
                row(
                        "EXPORT fails",
                        () -> good().suite("TLS_RSA_EXPORT_WITH_RC4_40_MD5"),
                        id,
                        Outcome.FAIL,
                        "EXPORT",
                        49),
                row(
                        "anonymous fails",
                        () -> good().suite("TLS_DH_anon_WITH_AES_128_CBC_SHA"),
                        id,
                        Outcome.FAIL,
                        "anon",
                        49),
                row(
                        "an unknown cipher group is not checked",
                        () -> good().unknown(CipherGroup.RC4),
                        id,
                        Outcome.NOT_CHECKED,
                        ""));
    }

    static Stream<Arguments> hsts() {
        String year = "max-age=31536000; includeSubDomains";
        return Stream.of(
                row("a year with subdomains passes", () -> good().hsts(year), "hsts", Outcome.PASS, "max-age=31536000"),
                row("missing HSTS fails", () -> good(), "hsts", Outcome.FAIL, "No Strict-Transport-Security"),
                row(
                        "less than a year warns",
                        () -> good().hsts("max-age=86400; includeSubDomains"),
                        "hsts",
                        Outcome.WARN,
                        ""),
                row(
                        "missing includeSubDomains warns",
                        () -> good().hsts("max-age=31536000"),
                        "hsts",
                        Outcome.WARN,
                        "includeSubDomains"),
                row("max-age=0 fails", () -> good().hsts("max-age=0"), "hsts", Outcome.FAIL, "max-age=0 disables HSTS"),
                row("a malformed header fails", () -> good().hsts("max-age"), "hsts", Outcome.FAIL, "malformed"),
                row(
                        "conflicting lines warn",
                        () -> good().hsts(year, "max-age=0"),
                        "hsts",
                        Outcome.WARN,
                        "conflicting header lines"),
                row(
                        "the first line applies",
                        () -> good().hsts("max-age=0", year),
                        "hsts",
                        Outcome.FAIL,
                        "max-age=0 disables HSTS"),
                row(
                        "HSTS with a certificate of another host fails",
                        () -> good().hsts(year).serves(leaf("other.example").build()),
                        "hsts",
                        Outcome.FAIL,
                        "certificate errors"),
                row(
                        "HSTS does not apply to an IP address",
                        () -> good().target("https://192.0.2.7"),
                        "hsts",
                        Outcome.NOT_APPLICABLE,
                        "addresses"));
    }

    static Stream<Arguments> trust() {
        String id = "certificate-trust";
        TestCertificate issued =
                SeenTls.timed(INTERMEDIATE.issue("www.example.com"), 90).build();
        TestCertificate untrusted = SeenTls.rooted("Untrusted root");
        return Stream.of(
                row(
                        "a trusted chain passes",
                        () -> good(),
                        id,
                        Outcome.PASS,
                        "Trusted: the chain leads to CN=Test root"),
                row("a chain with an intermediate passes", () -> good().serves(issued), id, Outcome.PASS, "Trusted"),
                row(
                        "a chain that is completed through AIA warns",
                        () -> good().serves(List.of(issued.certificate())).fetched(INTERMEDIATE.certificate()),
                        id,
                        Outcome.WARN,
                        "does not send every intermediate"),
                row(
                        "an incomplete chain fails",
                        () -> good().serves(List.of(issued.certificate())),
                        id,
                        Outcome.FAIL,
                        "Unknown CA",
                        49),
                row(
                        "an expired certificate fails",
                        () -> good().serves(SeenTls.timed(leaf(), 20).build()),
                        id,
                        Outcome.FAIL,
                        "Expired on",
                        49),
                row(
                        "a certificate that is not yet valid fails",
                        () -> good().serves(leaf().valid(
                                        SeenSite.NOW.plus(Duration.ofDays(1)), SeenSite.NOW.plus(Duration.ofDays(9)))
                                .build()),
                        id,
                        Outcome.FAIL,
                        "Not valid before",
                        49),
                row(
                        "a self-signed certificate fails",
                        () -> good().serves(leaf().selfSigned()),
                        id,
                        Outcome.FAIL,
                        "Self-signed",
                        49),
                row(
                        "a certificate of an untrusted CA fails",
                        () -> good().serves(SeenTls.timed(untrusted.issue("www.example.com"), 90)
                                .build()),
                        id,
                        Outcome.FAIL,
                        "Unknown CA",
                        49),
                row(
                        "an untrusted root with the same name fails",
                        () -> good().serves(SeenTls.timed(
                                        SeenTls.rooted("Test root").issue("www.example.com"), 90)
                                .build()),
                        id,
                        Outcome.FAIL,
                        "Unknown CA",
                        49),
                row(
                        "a client certificate fails",
                        () -> good().serves(leaf().purpose(KeyPurposeId.id_kp_clientAuth)
                                .build()),
                        id,
                        Outcome.FAIL,
                        "extended key usage",
                        49),
                row(
                        "a certificate that a leaf issued fails",
                        () -> good().serves(SeenTls.timed(leaf().build().issue("www.example.com"), 90)
                                .build()),
                        id,
                        Outcome.FAIL,
                        "Unknown CA",
                        49),
                row(
                        "an expired intermediate fails",
                        () -> good().serves(SeenTls.timed(
                                        SeenTls.timed(SeenTls.ROOT.issueAuthority("Old"), 10)
                                                .build()
                                                .issue("www.example.com"),
                                        90)
                                .build()),
                        id,
                        Outcome.FAIL,
                        "intermediate certificate CN=Old expired",
                        49),
                row(
                        "the worse of two certificates determines the verdict",
                        () -> good().serves(leaf().build())
                                .serves(leaf().rsa(2048).selfSigned()),
                        id,
                        Outcome.FAIL,
                        "the served certificates differ",
                        49));
    }

    static Stream<Arguments> hosts() {
        String id = "certificate-host";
        return Stream.of(
                row("a matching name passes", () -> good(), id, Outcome.PASS, "www.example.com"),
                row(
                        "a wildcard passes",
                        () -> good().serves(leaf("*.example.com").build()),
                        id,
                        Outcome.PASS,
                        ""),
                row(
                        "another name fails",
                        () -> good().serves(leaf("other.example").build()),
                        id,
                        Outcome.FAIL,
                        "does not match",
                        49),
                row(
                        "a certificate with only a common name fails",
                        () -> good().serves(
                                        SeenTls.timed(SeenTls.ROOT.issue(), 90).build()),
                        id,
                        Outcome.FAIL,
                        "no subject alternative name",
                        49),
                row(
                        "an IP address in the certificate passes",
                        () -> good().target("https://192.0.2.7")
                                .serves(leaf("192.0.2.7").build()),
                        id,
                        Outcome.PASS,
                        "192.0.2.7"),
                row(
                        "an IP address that is not in the certificate fails",
                        () -> good().target("https://192.0.2.7"),
                        id,
                        Outcome.FAIL,
                        "does not match",
                        49));
    }

    static Stream<Arguments> lifetimes() {
        String id = "certificate-lifetime";
        return Stream.of(
                row("60 of 90 days pass", () -> good(), id, Outcome.PASS, "60 days of 90 days"),
                row("20 of 90 days warn", () -> aged(70, 20), id, Outcome.WARN, "20 days"),
                row("6 of 90 days fail", () -> aged(84, 6), id, Outcome.FAIL, "6 days"),
                row("2 of 6 days pass", () -> aged(4, 2), id, Outcome.PASS, "2 days of 6 days"),
                row("1 of 6 days warns", () -> aged(5, 1), id, Outcome.WARN, "24 hours"),
                row("22 of 398 days pass", () -> aged(376, 22), id, Outcome.PASS, ""),
                row("an expired certificate fails", () -> aged(90, -1), id, Outcome.FAIL, "expired"));
    }

    private static SeenTls aged(int days, int remaining) {
        return good().serves(leaf().valid(
                        SeenSite.NOW.minus(Duration.ofDays(days)), SeenSite.NOW.plus(Duration.ofDays(remaining)))
                .build());
    }

    static Stream<Arguments> strengths() {
        String id = "certificate-strength";
        return Stream.of(
                row("EC 256 passes", () -> good(), id, Outcome.PASS, "EC 256"),
                row("RSA 2048 passes", () -> good().serves(leaf().rsa(2048).build()), id, Outcome.PASS, "RSA 2048"),
                row("RSA 1024 fails", () -> good().serves(leaf().rsa(1024).build()), id, Outcome.FAIL, "RSA 1024"),
                row(
                        "RSA 768 fails and caps the score",
                        () -> good().serves(leaf().rsa(768).build()),
                        id,
                        Outcome.FAIL,
                        "RSA 768",
                        49),
                row(
                        "SHA-224 warns",
                        () -> good().serves(leaf().signature("SHA224withECDSA").build()),
                        id,
                        Outcome.WARN,
                        "SHA224"),
                row(
                        "SHA-1 fails",
                        () -> good().serves(leaf().signature("SHA1withECDSA").build()),
                        id,
                        Outcome.FAIL,
                        "SHA1",
                        49),
                row(
                        "a weak intermediate fails without a cap",
                        () -> good().serves(SeenTls.timed(
                                        SeenTls.timed(SeenTls.ROOT.issueAuthority("Weak"), 3650)
                                                .rsa(1024)
                                                .build()
                                                .issue("www.example.com"),
                                        90)
                                .build()),
                        id,
                        Outcome.FAIL,
                        "intermediate with RSA 1024"));
    }
}
