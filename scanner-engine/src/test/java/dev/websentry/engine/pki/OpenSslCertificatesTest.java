package dev.websentry.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.probe.tls.TlsScan;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.tls.OpenSslServer;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans OpenSSL servers that serve peculiar certificate chains. */
@EnabledIf(
        value = "dev.websentry.testsite.tls.OpenSslServer#isInstalled",
        disabledReason = "openssl is not installed: the tests against real OpenSSL servers are SKIPPED")
@Execution(ExecutionMode.CONCURRENT)
class OpenSslCertificatesTest {
    private static final String HOST = "www.example.com";
    private static final TestCertificate ROOT =
            CertificateSpec.authority("CN=Test root").selfSigned();

    @ParameterizedTest(name = "{0}: trust {2}, host name {3}")
    @MethodSource("chains")
    void servedChainIsJudgedAsBrowsersDo(
            String sentence, TestCertificate certificate, CheckOutcome trust, CheckOutcome host) throws Exception {
        try (OpenSslServer server = OpenSslServer.start(certificate)) {
            ScanObservations seen = scan(server.port(), certificate.rootCertificate());
            CheckVerdict trusted = verdict("ssl.certificate-trust", seen);
            assertEquals(trust, trusted.outcome(), trusted::toString);
            assertEquals(host, verdict("ssl.certificate-host", seen).outcome());
            // The client that decides on credentials reads the same answer.
            boolean accepted = seen.site()
                    .entry()
                    .value()
                    .first()
                    .response()
                    .orElseThrow()
                    .tls()
                    .orElseThrow()
                    .isTrusted();
            assertEquals(trust == CheckOutcome.PASS && host == CheckOutcome.PASS, accepted);
        }
    }

    static Stream<Arguments> chains() {
        GeneralName domain = new GeneralName(GeneralName.dNSName, "example.com");
        TestCertificate constrained =
                CertificateSpec.authority("CN=ca.other.test").permitting(domain).issuedBy(ROOT);
        TestCertificate lower = CertificateSpec.authority("CN=lower.other.test").issuedBy(constrained);
        CertificateSpec twin = CertificateSpec.authority("CN=Twin");
        KeyPair keys = twin.keys();
        TestCertificate good = twin.issuedBy(ROOT);
        X509Certificate codeSigning = CertificateSpec.authority("CN=Twin")
                .keys(keys)
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
                .issuedBy(ROOT)
                .certificate();
        TestCertificate leaf = leaf().issuedBy(good);
        ASN1ObjectIdentifier poison = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.3");
        return Stream.of(
                arguments(
                        "an address as the only alternative name, the host as common name",
                        CertificateSpec.leaf("CN=" + HOST)
                                .names(new GeneralName(GeneralName.iPAddress, "192.0.2.7"))
                                .issuedBy(constrained),
                        CheckOutcome.PASS,
                        CheckOutcome.FAIL),
                arguments(
                        "intermediates whose common names lie outside of the constraints",
                        leaf().issuedBy(lower),
                        CheckOutcome.PASS,
                        CheckOutcome.PASS),
                arguments(
                        "an unusable twin of the intermediate first",
                        new TestCertificate(
                                leaf.key(),
                                leaf.certificate(),
                                List.of(codeSigning, good.certificate(), ROOT.certificate())),
                        CheckOutcome.PASS,
                        CheckOutcome.PASS),
                arguments(
                        "an unknown critical extension",
                        leaf().unknownExtension(true).issuedBy(good),
                        CheckOutcome.FAIL,
                        CheckOutcome.PASS),
                arguments(
                        "a precertificate",
                        leaf().with(poison, true, DERNull.INSTANCE).issuedBy(good),
                        CheckOutcome.FAIL,
                        CheckOutcome.PASS),
                arguments(
                        "an expired root",
                        leaf().issuedBy(CertificateSpec.authority("CN=Old root")
                                .expired()
                                .selfSigned()),
                        CheckOutcome.FAIL,
                        CheckOutcome.PASS),
                arguments(
                        "an intermediate of version 1",
                        leaf().issuedBy(CertificateSpec.authority("CN=Version 1")
                                .version1()
                                .issuedBy(ROOT)),
                        CheckOutcome.FAIL,
                        CheckOutcome.PASS));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void longChainIsJudgedAndTheLimitOfTheRuntimeIsNamed(String version) throws Exception {
        TestCertificate leaf = leaf().issuedBy(ROOT);
        List<X509Certificate> many = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            many.add(CertificateSpec.authority("CN=Unrelated " + i)
                    .issuedBy(ROOT)
                    .certificate());
        }
        many.add(ROOT.certificate());
        try (OpenSslServer server =
                OpenSslServer.start(new TestCertificate(leaf.key(), leaf.certificate(), many), version)) {
            ScanObservations seen = scan(server.port(), ROOT.certificate());
            assertEquals(
                    CheckOutcome.PASS, verdict("ssl.certificate-trust", seen).outcome());
            for (CheckDefinition check : checksOfResponses()) {
                CheckVerdict verdict = verdict(check.id(), seen);
                assertEquals(CheckOutcome.NOT_CHECKED, verdict.outcome(), () -> check.id() + " " + verdict);
                assertTrue(
                        verdict.value()
                                .contains(
                                        "the server sends more certificates than the 10 that this Java runtime accepts"
                                                + " (system property jdk.tls.maxCertificateChainLength)"),
                        () -> check.id() + " " + verdict);
            }
        }
    }

    private static List<CheckDefinition> checksOfResponses() {
        List<CheckDefinition> checks = CheckCatalog.standard().checks().stream()
                .map(Check::definition)
                .filter(check -> check.category() == CheckCategory.HEADERS || check.category() == CheckCategory.COOKIES)
                .filter(check -> check.points() > 0)
                .toList();
        assertTrue(checks.size() > 8);
        return checks;
    }

    /** The JDK does not parse such a certificate, so Bouncy Castle represents it. */
    @Test
    void emptySubjectWithNonCriticalAlternativeNameFails() throws Exception {
        CertificateSpec spec = CertificateSpec.leaf("")
                .with(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, HOST)));
        X509Certificate certificate = new JcaX509CertificateConverter()
                .setProvider(new BouncyCastleProvider())
                .getCertificate(new X509CertificateHolder(spec.encodedBy(ROOT)));
        TestCertificate served =
                new TestCertificate(spec.keys().getPrivate(), certificate, List.of(ROOT.certificate()));
        try (OpenSslServer server = OpenSslServer.start(served)) {
            CheckVerdict trust = verdict("ssl.certificate-trust", scan(server.port(), ROOT.certificate()));
            assertEquals(CheckOutcome.FAIL, trust.outcome(), trust::toString);
            assertEquals(
                    "The subject of the certificate is empty, but its subjectAltName extension is not critical",
                    trust.value());
            assertEquals(CheckScoreCap.MAX_FOR_GRADE_F, trust.caps().get(0).limit());
        }
    }

    private static CertificateSpec leaf() {
        return CertificateSpec.leaf("CN=" + HOST, HOST);
    }

    private static ScanObservations scan(int port, X509Certificate root) throws ScanException {
        try (Scanner scanner = new Scanner(Clock.fixed(CertificateSpec.NOW, ZoneOffset.UTC))) {
            return scanner.observe(
                    Target.parse(HOST),
                    TlsScan.options(Duration.ofSeconds(60), "127.0.0.1:" + port)
                            .caCertificates(List.of(root))
                            .build(),
                    ScanProgressListener.NONE);
        }
    }

    private static CheckVerdict verdict(String id, ScanObservations seen) {
        return CheckCatalog.standard().checks().stream()
                .filter(check -> check.definition().id().equals(id))
                .map(check -> CheckCatalog.evaluate(check, seen).verdict())
                .findFirst()
                .orElseThrow();
    }
}
