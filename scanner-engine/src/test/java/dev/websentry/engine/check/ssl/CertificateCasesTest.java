package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Certificates;
import dev.websentry.engine.syntax.ServerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the verdicts on certificate chains with one peculiarity each; the chains are files. */
class CertificateCasesTest {
    /** The validity period of the last three chains. */
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    @ParameterizedTest(name = "{0}: trust {1}, host name {2}")
    @CsvSource(delimiter = '|', textBlock = """
            cn-as-san                | PASS | FAIL | CN=
            cn-as-san-mail           | PASS | FAIL | CN=
            cn-as-san-control        | PASS | FAIL | CN=
            ica-cn-as-dns            | PASS | PASS | CN=
            ica-cn-as-dns-public     | PASS | PASS | CN=
            ica-cn-blank-control     | PASS | PASS | CN=
            leaf-cn-other            | PASS | PASS | CN=
            leaf-cn-ip-outside       | PASS | PASS | CN=
            eku-first-path           | PASS | PASS | CN=
            eku-first-path-control   | PASS | PASS | CN=
            critical-leaf            | FAIL | PASS | unknown critical extension
            critical-ica             | FAIL | PASS | unknown critical extension
            precert                  | FAIL | PASS | precertificate
            expired-root             | FAIL | PASS | expired on
            crash-empty-dns          | FAIL | PASS | nknown CA
            crash-ipv6-excluded      | PASS | PASS | CN=
            ipv4-excluded-ipv6-san   | PASS | PASS | CN=
            """)
    void peculiarChainIsJudgedAsBrowsersDo(String name, CheckOutcome trust, CheckOutcome host, String value)
            throws IOException {
        List<X509Certificate> chain = read(name + ".chain.pem");
        ObservedTls site = ObservedTls.good().serves(chain);
        if (!name.equals("crash-empty-dns")) {
            site.trusts(
                    name.startsWith("crash") || name.startsWith("ipv4")
                            ? chain.get(chain.size() - 1)
                            : read(name + ".root.pem").get(0));
        }
        boolean later = name.startsWith("crash") || name.startsWith("ipv4");
        ScanObservations seen = at(later ? LATER : ObservedSite.NOW, site.observations());
        EvaluatedCheck trusted = CheckCatalog.evaluate(new CertificateTrustCheck(), seen);
        assertEquals(trust, trusted.verdict().outcome(), trusted.verdict()::toString);
        assertTrue(trusted.verdict().value().contains(value), trusted.verdict()::toString);
        EvaluatedCheck named = CheckCatalog.evaluate(new CertificateHostnameCheck(), seen);
        assertEquals(host, named.verdict().outcome(), named.verdict()::toString);
    }

    private static ScanObservations at(Instant now, ScanObservations seen) {
        return new ScanObservations(seen.target(), now, seen.site(), seen.tls(), seen.dns());
    }

    /** The JDK adds the common name to the alternative names while it evaluates name constraints. */
    @Test
    void hostNameVerdictDoesNotDependOnWhatTheJdkEvaluatedBefore() throws IOException {
        X509Certificate leaf = read("cn-as-san.chain.pem").get(0);
        X509CertSelector selector = new X509CertSelector();
        // Permitted dNSName: com.
        selector.setNameConstraints(new byte[] {0x30, 9, (byte) 0xA0, 7, 0x30, 5, (byte) 0x82, 3, 'c', 'o', 'm'});
        selector.match(leaf);
        assertTrue(ServerIdentity.subjectAltNames(leaf).stream().noneMatch("www.example.com"::equals));
    }

    private static List<X509Certificate> read(String file) throws IOException {
        try (InputStream in =
                CertificateCasesTest.class.getResourceAsStream("/dev/websentry/engine/pki/cases/" + file)) {
            return Certificates.parseAll(in.readAllBytes());
        }
    }
}
