package dev.websentry.engine.probe.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.tls.OpenSslServer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scans of real OpenSSL servers. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
@EnabledIf(
        value = "dev.websentry.testsite.tls.OpenSslServer#isInstalled",
        disabledReason = "openssl is not installed: the tests against real OpenSSL servers are SKIPPED")
class OpenSslMatrixTest {
    private static final TestCertificate EC =
            TlsScan.ROOT.issue("www.example.com").build();
    private static final TestCertificate RSA =
            TlsScan.ROOT.issue("www.example.com").rsa(2048).build();

    @ParameterizedTest(name = "s_server {0} accepts {1}")
    @CsvSource(delimiter = '|', textBlock = """
            -tls1_3                                        | TLS 1.3
            -tls1_2                                        | TLS 1.2
            -tls1_1 -cipher ALL:@SECLEVEL=0                | TLS 1.1
            -tls1 -cipher ALL:@SECLEVEL=0                  | TLS 1.0
            -no_tls1 -no_tls1_1                            | TLS 1.2, TLS 1.3
            -min_protocol TLSv1 -cipher ALL:@SECLEVEL=0    | TLS 1.0, TLS 1.1, TLS 1.2, TLS 1.3
            -min_protocol TLSv1.1 -max_protocol TLSv1.2 -cipher ALL:@SECLEVEL=0 | TLS 1.1, TLS 1.2
            """)
    void findsTheVersions(String options, String versions) throws Exception {
        try (OpenSslServer server = OpenSslServer.start(RSA, options.split(" "))) {
            assertEquals(versions, TlsScan.of(server.port()).versions());
        }
    }

    @ParameterizedTest(name = "s_server -cipher {0} has {1} suites {2}")
    @CsvSource(delimiter = '|', textBlock = """
            ECDHE-RSA-AES128-GCM-SHA256                 | FORWARD_SECRET_AEAD | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 | PASS
            ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA   | CBC | TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA | WARN
            AES128-SHA:AES128-GCM-SHA256                | STATIC_KEY | TLS_RSA_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_128_GCM_SHA256 | WARN
            NULL-SHA256:NULL-SHA:@SECLEVEL=0            | NO_PROTECTION | TLS_RSA_WITH_NULL_SHA TLS_RSA_WITH_NULL_SHA256 | FAIL
            ADH-AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0 | NO_PROTECTION | TLS_DH_anon_WITH_AES_128_CBC_SHA | FAIL
            ECDHE-RSA-ARIA128-GCM-SHA256:ECDHE-ARIA128-GCM-SHA256 | FORWARD_SECRET_AEAD | TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256 | PASS
            """)
    void findsTheSuites(String ciphers, CipherStrength group, String suites, CheckOutcome outcome) throws Exception {
        try (OpenSslServer server = OpenSslServer.start(RSA, "-tls1_2", "-cipher", ciphers)) {
            TlsScan scan = TlsScan.of(server.port());
            assertEquals(new TreeSet<>(Set.of(suites.split(" "))), scan.suites(group));
            assertEquals(
                    outcome, scan.evaluate("ssl.cipher-suites").verdict().outcome(), scan.outcome("ssl.cipher-suites"));
        }
    }

    @ParameterizedTest(name = "s_server -groups {0} with {1} keys has {2}")
    @CsvSource(delimiter = '|', textBlock = """
            P-521           | RSA | TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
            P-521           | EC  | TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
            brainpoolP512r1 | RSA | TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
            """)
    void findsTheSuitesOfAServerWithOneGroup(String group, String key, String suites) throws Exception {
        String ciphers =
                "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA384" + ":ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384";
        TestCertificate certificate = key.equals("EC") ? EC : RSA;
        try (OpenSslServer server = OpenSslServer.start(certificate, "-tls1_2", "-groups", group, "-cipher", ciphers)) {
            assertEquals(
                    new TreeSet<>(Set.of(suites.split(" "))),
                    TlsScan.of(server.port()).suites(CipherStrength.CBC));
        }
    }

    @Test
    void commonSuitesAreEnumeratedAndTheRestIsMarkedAsUnknownIfTheConnectionsRunOut() throws Exception {
        try (OpenSslServer server = OpenSslServer.start(RSA, "-tls1_2", "-cipher", "ALL:@SECLEVEL=0")) {
            TlsScan scan = TlsScan.of(server.port());
            assertTrue(scan.suites(CipherStrength.CBC).contains("TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"));
            assertTrue(scan.suites(CipherStrength.STATIC_KEY).contains("TLS_RSA_WITH_AES_256_CCM_8"));
            assertTrue(scan.suites(CipherStrength.NO_PROTECTION).contains("TLS_ECDH_anon_WITH_AES_256_CBC_SHA"));
            assertTrue(scan.endpoint().suites().stream().anyMatch(answer -> answer.perhapsMore()));
        }
    }

    @Test
    void findsTheSizeOfTheDiffieHellmanGroup() throws Exception {
        try (OpenSslServer server = OpenSslServer.start(RSA, "-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256")) {
            assertEquals(
                    2048, TlsScan.of(server.port()).endpoint().facts().dhBits().orElseThrow());
        }
    }

    @ParameterizedTest(name = "both certificates of one address are seen {0}")
    @CsvSource({"-tls1_2", "-tls1_3"})
    void bothCertificatesOfOneAddressAreSeen(String version) throws Exception {
        try (OpenSslServer server = OpenSslServer.start(List.of(EC, RSA), version)) {
            TlsScan scan = TlsScan.of(server.port());
            assertEquals(2, scan.endpoint().chains().size());
            assertEquals(
                    CheckOutcome.PASS,
                    scan.evaluate("ssl.certificate-trust").verdict().outcome(),
                    scan.outcome("ssl.certificate-trust"));
        }
    }

    @ParameterizedTest(name = "a server that requires a client certificate is evaluated {0}")
    @CsvSource({"-tls1_2", "-tls1_3"})
    void aRequiredClientCertificateDoesNotPreventTheChecks(String version) throws Exception {
        try (OpenSslServer server = OpenSslServer.start(RSA, version, "-Verify", "1", "-verify_return_error")) {
            TlsScan scan = TlsScan.of(server.port());
            assertEquals("PASS", scan.evaluate("ssl.https").verdict().outcome().name(), scan.outcome("ssl.https"));
            assertEquals(
                    CheckOutcome.PASS,
                    scan.evaluate("ssl.certificate-trust").verdict().outcome(),
                    scan.outcome("ssl.certificate-trust"));
        }
    }

    @Test
    void aServerWithOnlyTls10IsEvaluatedAlthoughTheJvmDoesNotSupportIt() throws Exception {
        try (OpenSslServer server = OpenSslServer.start(RSA, "-tls1", "-cipher", "ALL:@SECLEVEL=0")) {
            TlsScan scan = TlsScan.of(server.port());
            assertEquals(CheckOutcome.PASS, scan.evaluate("ssl.https").verdict().outcome(), scan.outcome("ssl.https"));
            assertEquals(
                    CheckOutcome.FAIL,
                    scan.evaluate("ssl.protocol-versions").verdict().outcome());
            assertEquals(
                    CheckOutcome.PASS,
                    scan.evaluate("ssl.certificate-trust").verdict().outcome());
            assertEquals(
                    CheckOutcome.NOT_CHECKED,
                    scan.evaluate("ssl.hsts").verdict().outcome());
        }
    }
}
