package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.config.RootStoreChoice.RootStoreKind;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.CipherGroupResult;
import dev.websentry.engine.observation.TlsEndpoint.HandshakeProperties;
import dev.websentry.engine.observation.TlsEndpoint.Reachability;
import dev.websentry.engine.observation.TlsEndpoint.ServedCertificateChain;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.observation.TrustedRoots;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.TestCertificateBuilder;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds TLS observations for tests: one address of www.example.com with a secure setup, which tests can change. */
public final class ObservedTls {
    public static final TestCertificate ROOT = selfSignedRoot("Test root");

    private final ObservedSite site = ObservedSite.page();
    private final Map<ProtocolVersion, Observation<Boolean>> versions = new EnumMap<>(ProtocolVersion.class);
    private final Map<CipherStrength, Observation<List<CipherSuite>>> suites = new EnumMap<>(CipherStrength.class);
    private final List<TlsEndpoint> more = new ArrayList<>();
    private final List<ServedCertificateChain> chains = new ArrayList<>();
    private final List<byte[]> downloadedIssuer = new ArrayList<>();
    private final List<TlsObservations.RevocationStatement> revocation = new ArrayList<>();
    private Optional<TrustedRoots> roots = Optional.empty();
    private final List<byte[]> anchors = new ArrayList<>(List.of(encoded(ROOT.certificate())));
    private List<String> groups = List.of("X25519");
    private Optional<String> alpn = Optional.of("h2");
    private OptionalInt dhBits = OptionalInt.empty();
    private Reachability reach = new Reachability(Reachability.ReachabilityKind.TLS, "TLS is available");
    private HttpExchange.HttpExchangeResult https = ObservedSite.response(200, List.of(), "");

    private ObservedTls() {
        accepts(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);
        for (CipherStrength group : CipherStrength.values()) {
            suites.put(group, Observation.seen(List.of()));
        }
        suite("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }

    public static ObservedTls good() {
        return new ObservedTls();
    }

    static TestCertificate selfSignedRoot(String name) {
        return withLifetime(TestCertificate.root("unused").issueIntermediate(name), 3650)
                .selfSigned();
    }

    /**
     * Sets a validity period that began 30 days before the time of the tests.
     *
     * @param days the length of the validity period
     */
    static TestCertificateBuilder withLifetime(TestCertificateBuilder builder, int days) {
        return builder.valid(
                ObservedSite.NOW.minus(Duration.ofDays(30)), ObservedSite.NOW.plus(Duration.ofDays(days - 30L)));
    }

    /** Returns a builder for a leaf certificate with a strong key and a lifetime of 90 days. */
    public static TestCertificateBuilder leaf(String... names) {
        return withLifetime(ROOT.issue(names.length == 0 ? new String[] {"www.example.com"} : names), 90);
    }

    ObservedTls target(String input) {
        site.target(input);
        return this;
    }

    ObservedTls hsts(String... lines) {
        for (String line : lines) {
            site.header("Strict-Transport-Security", line);
        }
        return this;
    }

    ObservedTls entry(HttpExchange... hops) {
        site.entry(Observation.seen(ObservedSite.chain(hops)));
        return this;
    }

    ObservedTls noEntry() {
        site.entry(Observation.unknown("no response"));
        return this;
    }

    ObservedTls accepts(ProtocolVersion... accepted) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            versions.put(version, Observation.seen(Arrays.asList(accepted).contains(version)));
        }
        return this;
    }

    ObservedTls unknown(ProtocolVersion version) {
        versions.put(version, Observation.unknown("192.0.2.7 did not answer a ClientHello in time"));
        return this;
    }

    ObservedTls suite(String name) {
        CipherSuite suite = CipherSuite.UP_TO_TLS_1_2.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        suites.put(suite.strength(), Observation.seen(List.of(suite)));
        return this;
    }

    /** Accepts every cipher suite of a group. */
    ObservedTls suites(CipherStrength group) {
        suites.put(
                group,
                Observation.seen(CipherSuite.UP_TO_TLS_1_2.stream()
                        .filter(suite -> suite.strength() == group)
                        .toList()));
        return this;
    }

    ObservedTls unknown(CipherStrength group) {
        suites.put(group, Observation.unknown("no answer in time"));
        return this;
    }

    ObservedTls dhBits(int bits) {
        dhBits = OptionalInt.of(bits);
        return this;
    }

    ObservedTls groups(String... names) {
        groups = List.of(names);
        return this;
    }

    /** @param protocol the protocol that the probe negotiated with ALPN; empty for none */
    ObservedTls alpn(String protocol) {
        alpn = Optional.of(protocol).filter(name -> !name.isEmpty());
        return this;
    }

    ObservedTls reach(Reachability.ReachabilityKind kind) {
        reach = new Reachability(kind, kind.name());
        https = new HttpExchange.Failure(HttpExchange.Failure.RequestFailureKind.CONNECTION_LOST, kind.name());
        return this;
    }

    ObservedTls https(HttpExchange.Failure.RequestFailureKind kind) {
        https = new HttpExchange.Failure(kind, kind.name());
        return this;
    }

    /** Adds another address with the given reachability and without TLS. */
    ObservedTls anotherAddress(Reachability.ReachabilityKind kind) {
        HttpExchange exchange = ObservedSite.get(
                "https://www.example.com/",
                new HttpExchange.Failure(HttpExchange.Failure.RequestFailureKind.REFUSED, kind.name()));
        HandshakeProperties facts = new HandshakeProperties(List.of(), Optional.empty(), OptionalInt.empty(), false);
        more.add(new TlsEndpoint(
                "192.0.2.8", new Reachability(kind, kind.name()), Map.of(), List.of(), List.of(), exchange, facts));
        return this;
    }

    /** Adds another address with TLS, which accepts these versions only. */
    ObservedTls anotherAddress(ProtocolVersion... accepted) {
        Map<ProtocolVersion, Observation<Boolean>> all = new EnumMap<>(ProtocolVersion.class);
        for (ProtocolVersion version : ProtocolVersion.values()) {
            all.put(version, Observation.seen(Arrays.asList(accepted).contains(version)));
        }
        HttpExchange exchange = ObservedSite.get("https://www.example.com/", https);
        HandshakeProperties facts = new HandshakeProperties(List.of(), Optional.empty(), OptionalInt.empty(), false);
        more.add(new TlsEndpoint("192.0.2.8", reach, all, List.of(), List.of(), exchange, facts));
        return this;
    }

    public ObservedTls serves(TestCertificate certificate) {
        return serves(certificate.servedChain());
    }

    public ObservedTls serves(List<X509Certificate> chain) {
        return serves(chain, Optional.empty());
    }

    ObservedTls serves(List<X509Certificate> chain, Optional<byte[]> stapled) {
        chains.add(new ServedCertificateChain(
                chain.stream().map(ObservedTls::encoded).toList(), "TLS 1.2", stapled));
        return this;
    }

    /** Serves a chain in a handshake that was observed in full. */
    ObservedTls serves(TestCertificate certificate, byte[] timestamps, Optional<byte[]> stapled) {
        chains.add(new ServedCertificateChain(
                certificate.servedChain().stream().map(ObservedTls::encoded).toList(),
                "TLS 1.2",
                stapled,
                Optional.of(timestamps)));
        return this;
    }

    /** Sets the roots of the stores, and the anchors accordingly. */
    ObservedTls roots(
            RootStoreKind kind,
            List<X509Certificate> configured,
            List<X509Certificate> browsers,
            List<X509Certificate> jdk) {
        return roots(kind, ObservedSite.NOW, configured, browsers, jdk);
    }

    ObservedTls roots(
            RootStoreKind kind,
            Instant listDate,
            List<X509Certificate> configured,
            List<X509Certificate> browsers,
            List<X509Certificate> jdk) {
        roots = Optional.of(new TrustedRoots(kind, listDate, encoded(configured), encoded(browsers), encoded(jdk)));
        anchors.clear();
        anchors.addAll(encoded(configured));
        anchors.addAll(encoded(kind == RootStoreKind.JDK ? jdk : browsers));
        return this;
    }

    private static List<byte[]> encoded(List<X509Certificate> certificates) {
        return certificates.stream().map(ObservedTls::encoded).toList();
    }

    /** Adds a trusted root. */
    ObservedTls trusts(X509Certificate root) {
        anchors.add(encoded(root));
        return this;
    }

    ObservedTls downloadedIssuer(X509Certificate issuer) {
        downloadedIssuer.add(encoded(issuer));
        return this;
    }

    public ObservedTls revocation(TlsObservations.RevocationStatement answer) {
        revocation.add(answer);
        return this;
    }

    public ScanObservations observations() {
        List<CipherGroupResult> answers = new ArrayList<>();
        suites.forEach((group, accepted) -> answers.add(new CipherGroupResult(group, accepted, false)));
        if (chains.isEmpty()) {
            serves(leaf().build());
        }
        List<TlsEndpoint> endpoints = new ArrayList<>();
        endpoints.add(new TlsEndpoint(
                "192.0.2.7",
                reach,
                versions,
                answers,
                chains,
                ObservedSite.get("https://www.example.com/", https),
                new HandshakeProperties(groups, alpn, dhBits, false)));
        endpoints.addAll(more);
        return site.tls(new TlsObservations(endpoints, "", anchors, downloadedIssuer, revocation, roots))
                .observations();
    }

    EvaluatedCheck evaluate(String id) {
        return SslChecks.ALL.stream()
                .filter(check -> check.definition().id().equals(id))
                .map(check -> CheckCatalog.evaluate(check, observations()))
                .findFirst()
                .orElseThrow();
    }

    void assertVerdict(String id, CheckOutcome outcome, String value) {
        CheckVerdict verdict = evaluate(id).verdict();
        assertEquals(outcome, verdict.outcome());
        assertEquals(value, verdict.value());
    }

    public static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
