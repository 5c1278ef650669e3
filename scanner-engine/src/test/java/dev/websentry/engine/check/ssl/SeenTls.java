package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Judged;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.observe.TlsEndpoint.GroupAnswer;
import dev.websentry.engine.observe.TlsEndpoint.HandshakeFacts;
import dev.websentry.engine.observe.TlsEndpoint.Reach;
import dev.websentry.engine.observe.TlsEndpoint.ServedChain;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.syntax.tls.CipherGroup;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.testsite.CertificateBuilder;
import dev.websentry.testsite.TestCertificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds TLS observations for tests: one address of www.example.com with a secure setup, which tests can change. */
public final class SeenTls {
    public static final TestCertificate ROOT = rooted("Test root");

    private final SeenSite site = SeenSite.page();
    private final Map<ProtocolVersion, Observed<Boolean>> versions = new EnumMap<>(ProtocolVersion.class);
    private final Map<CipherGroup, Observed<List<CipherSuite>>> suites = new EnumMap<>(CipherGroup.class);
    private final List<TlsEndpoint> more = new ArrayList<>();
    private final List<ServedChain> chains = new ArrayList<>();
    private final List<byte[]> fetched = new ArrayList<>();
    private final List<TlsObservations.RevocationAnswer> revocation = new ArrayList<>();
    private List<String> groups = List.of("X25519");
    private Optional<String> alpn = Optional.of("h2");
    private OptionalInt dhBits = OptionalInt.empty();
    private Reach reach = new Reach(Reach.Kind.TLS, "TLS is available");
    private Exchange.Result https = SeenSite.response(200, List.of(), "");

    private SeenTls() {
        accepts(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);
        for (CipherGroup group : CipherGroup.values()) {
            suites.put(group, Observed.seen(List.of()));
        }
        suite("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }

    public static SeenTls good() {
        return new SeenTls();
    }

    static TestCertificate rooted(String name) {
        return timed(TestCertificate.root("unused").issueAuthority(name), 3650).selfSigned();
    }

    /**
     * Sets a validity period that began 30 days before the time of the tests.
     *
     * @param days the length of the validity period
     */
    static CertificateBuilder timed(CertificateBuilder builder, int days) {
        return builder.valid(SeenSite.NOW.minus(Duration.ofDays(30)), SeenSite.NOW.plus(Duration.ofDays(days - 30L)));
    }

    /** Returns a builder for a leaf certificate with a strong key and a lifetime of 90 days. */
    public static CertificateBuilder leaf(String... names) {
        return timed(ROOT.issue(names.length == 0 ? new String[] {"www.example.com"} : names), 90);
    }

    SeenTls target(String input) {
        site.target(input);
        return this;
    }

    SeenTls hsts(String... lines) {
        for (String line : lines) {
            site.header("Strict-Transport-Security", line);
        }
        return this;
    }

    SeenTls entry(Exchange exchange) {
        site.entry(Observed.seen(SeenSite.chain(exchange)));
        return this;
    }

    SeenTls noEntry() {
        site.entry(Observed.unknown("no response"));
        return this;
    }

    SeenTls accepts(ProtocolVersion... accepted) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            versions.put(version, Observed.seen(Arrays.asList(accepted).contains(version)));
        }
        return this;
    }

    SeenTls unknown(ProtocolVersion version) {
        versions.put(version, Observed.unknown("192.0.2.7 did not answer a ClientHello in time"));
        return this;
    }

    SeenTls suite(String name) {
        CipherSuite suite = CipherSuite.UP_TO_1_2.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        suites.put(suite.group(), Observed.seen(List.of(suite)));
        return this;
    }

    SeenTls unknown(CipherGroup group) {
        suites.put(group, Observed.unknown("no answer in time"));
        return this;
    }

    SeenTls dhBits(int bits) {
        dhBits = OptionalInt.of(bits);
        return this;
    }

    SeenTls groups(String... names) {
        groups = List.of(names);
        return this;
    }

    /** @param protocol the protocol that the probe negotiated with ALPN; empty for none */
    SeenTls alpn(String protocol) {
        alpn = Optional.of(protocol).filter(name -> !name.isEmpty());
        return this;
    }

    SeenTls reach(Reach.Kind kind) {
        reach = new Reach(kind, kind.name());
        https = new Exchange.Failure(Exchange.Failure.Kind.CONNECTION_LOST, kind.name());
        return this;
    }

    SeenTls https(Exchange.Failure.Kind kind) {
        https = new Exchange.Failure(kind, kind.name());
        return this;
    }

    /** Adds another address with the given reachability and without TLS. */
    SeenTls also(Reach.Kind kind) {
        Exchange exchange = SeenSite.get(
                "https://www.example.com/", new Exchange.Failure(Exchange.Failure.Kind.REFUSED, kind.name()));
        HandshakeFacts facts = new HandshakeFacts(List.of(), Optional.empty(), OptionalInt.empty(), false);
        more.add(new TlsEndpoint(
                "192.0.2.8", new Reach(kind, kind.name()), Map.of(), List.of(), List.of(), exchange, facts));
        return this;
    }

    public SeenTls serves(TestCertificate certificate) {
        return serves(certificate.servedChain());
    }

    public SeenTls serves(List<X509Certificate> chain) {
        return serves(chain, Optional.empty());
    }

    SeenTls serves(List<X509Certificate> chain, Optional<byte[]> stapled) {
        chains.add(new ServedChain(chain.stream().map(SeenTls::encoded).toList(), "TLS 1.2", stapled));
        return this;
    }

    SeenTls fetched(X509Certificate issuer) {
        fetched.add(encoded(issuer));
        return this;
    }

    public SeenTls revocation(TlsObservations.RevocationAnswer answer) {
        revocation.add(answer);
        return this;
    }

    public Observations observations() {
        List<GroupAnswer> answers = new ArrayList<>();
        suites.forEach((group, accepted) -> answers.add(new GroupAnswer(group, accepted, false)));
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
                SeenSite.get("https://www.example.com/", https),
                new HandshakeFacts(groups, alpn, dhBits, false)));
        endpoints.addAll(more);
        return site.tls(new TlsObservations(endpoints, "", List.of(encoded(ROOT.certificate())), fetched, revocation))
                .observations();
    }

    Judged judged(String id) {
        return SslChecks.ALL.stream()
                .filter(check -> check.definition().id().equals(id))
                .map(check -> Catalogue.judge(check, observations()))
                .findFirst()
                .orElseThrow();
    }

    public static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
