package dev.websentry.engine.probe.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.testsite.TestCertificate;
import dev.websentry.testsite.tls.LegacyTlsServer;
import dev.websentry.testsite.tls.ScriptedServer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions and cipher suites that current libraries no longer support, served by scripted servers. */
@Execution(ExecutionMode.CONCURRENT)
class LegacyTlsServersTest {
    private static final TestCertificate RSA =
            TlsScan.ROOT.issue("www.example.com").rsa(2048).build();

    @ParameterizedTest(name = "{0}: {2}, {4}, at most {5}")
    @CsvSource(delimiter = '|', textBlock = """
            SSLv3 with RC4       | 0300:0005,0004           | SSLv3   | RC4 | TLS_RSA_WITH_RC4_128_MD5 TLS_RSA_WITH_RC4_128_SHA | 79
            SSLv3 with 3DES      | 0300:000A,0016           | SSLv3   | SMALL_BLOCK | TLS_RSA_WITH_3DES_EDE_CBC_SHA TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA | 79
            TLS 1.0 with CBC     | 0301:002F,0035           | TLS 1.0 | STATIC_KEY | TLS_RSA_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_256_CBC_SHA | 89
            TLS 1.1 with DES     | 0302:0009,0007           | TLS 1.1 | SMALL_BLOCK | TLS_RSA_WITH_DES_CBC_SHA TLS_RSA_WITH_IDEA_CBC_SHA | 89
            TLS 1.0 with RC4     | 0301:0005,C011           | TLS 1.0 | RC4 | TLS_RSA_WITH_RC4_128_SHA TLS_ECDHE_RSA_WITH_RC4_128_SHA | 79
            TLS 1.0 with EXPORT  | 0301:0003,0006,0008,0014 | TLS 1.0 | NO_PROTECTION | TLS_RSA_EXPORT_WITH_RC4_40_MD5 TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5 TLS_RSA_EXPORT_WITH_DES40_CBC_SHA TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA | 49
            TLS 1.0, EXPORT1024  | 0301:0062,0064           | TLS 1.0 | NO_PROTECTION | TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA TLS_RSA_EXPORT1024_WITH_RC4_56_SHA | 49
            SSLv3 with NULL      | 0300:0001,0002           | SSLv3   | NO_PROTECTION | TLS_RSA_WITH_NULL_MD5 TLS_RSA_WITH_NULL_SHA | 49
            TLS 1.2, anonymous   | 0303:0034,001B,C018      | TLS 1.2 | NO_PROTECTION | TLS_DH_anon_WITH_AES_128_CBC_SHA TLS_DH_anon_WITH_3DES_EDE_CBC_SHA TLS_ECDH_anon_WITH_AES_128_CBC_SHA | 49
            TLS 1.2 with RC4     | 0303:C02F,0005           | TLS 1.2 | RC4 | TLS_RSA_WITH_RC4_128_SHA | 79
            TLS 1.2 with 3DES    | 0303:C02F,C012           | TLS 1.2 | SMALL_BLOCK | TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA | 100
            both old versions    | 0301:0033 0302:0033      | TLS 1.0, TLS 1.1 | CBC | TLS_DHE_RSA_WITH_AES_128_CBC_SHA | 89
            RC4 only in SSLv3    | 0300:0005 0301:002F 0303:C02F | SSLv3, TLS 1.0, TLS 1.2 | RC4 | TLS_RSA_WITH_RC4_128_SHA | 79
            EXPORT only in TLS 1.0 | 0300:000A 0301:0003,002F 0303:C02F | SSLv3, TLS 1.0, TLS 1.2 | NO_PROTECTION | TLS_RSA_EXPORT_WITH_RC4_40_MD5 | 49
            other NULLs in each version | 0300:0001 0301:0002 0303:003B,C02F | SSLv3, TLS 1.0, TLS 1.2 | NO_PROTECTION | TLS_RSA_WITH_NULL_MD5 TLS_RSA_WITH_NULL_SHA TLS_RSA_WITH_NULL_SHA256 | 49
            """)
    void everyVersionAndSuiteIsFound(
            String title, String accepted, String versions, CipherStrength group, String suites, int limit)
            throws Exception {
        try (ScriptedServer server = server(accepted).start()) {
            TlsScan scan = TlsScan.of(server.port());
            assertEquals(versions, scan.versions(), title);
            assertEquals(new TreeSet<>(Set.of(suites.split(" "))), scan.suites(group), title);
            assertEquals(limit, limit(scan), title);
            String evidence = String.join(
                    " ", scan.evaluate("ssl.cipher-suites").verdict().evidence());
            Stream.of(suites.split(" ")).forEach(suite -> assertTrue(evidence.contains(suite), evidence));
            assertEquals(CheckOutcome.PASS, scan.evaluate("ssl.https").verdict().outcome(), scan.outcome("ssl.https"));
        }
    }

    @ParameterizedTest(name = "SSLv2 is found {0}")
    @CsvSource(delimiter = '|', textBlock = """
            as the only version     | 0002:010080,020080           | SSLv2
            and a modern version    | 0002:0700C0 0303:C02F        | SSLv2, TLS 1.2
            """)
    void sslv2IsFound(String title, String accepted, String versions) throws Exception {
        try (ScriptedServer server = server(accepted).start()) {
            TlsScan scan = TlsScan.of(server.port());
            assertEquals(versions, scan.versions(), title);
            assertEquals(
                    CheckOutcome.FAIL,
                    scan.evaluate("ssl.protocol-versions").verdict().outcome());
            assertEquals(
                    CheckOutcome.FAIL,
                    scan.evaluate("ssl.cipher-suites").verdict().outcome(),
                    scan.outcome("ssl.cipher-suites"));
            assertEquals(CheckScoreCap.MAX_FOR_GRADE_F, limit(scan));
        }
    }

    @ParameterizedTest(name = "Diffie-Hellman of {0} bits is {1}")
    @CsvSource({"512, FAIL", "1024, WARN", "2048, WARN"})
    void theSizeOfTheDiffieHellmanGroupDecides(int bits, CheckOutcome outcome) throws Exception {
        try (ScriptedServer server = server("0303:0033").diffieHellmanBits(bits).start()) {
            TlsScan scan = TlsScan.of(server.port());
            assertEquals(bits, scan.endpoint().facts().dhBits().orElseThrow());
            assertEquals(
                    outcome, scan.evaluate("ssl.cipher-suites").verdict().outcome(), scan.outcome("ssl.cipher-suites"));
            assertEquals(
                    bits < 2048,
                    scan.outcome("ssl.cipher-suites").contains(bits + " bits"),
                    scan.outcome("ssl.cipher-suites"));
        }
    }

    /** RFC 6066 section 3: a server may send an unrecognized_name warning and continue. */
    @Test
    void anUnrecognizedNameWarningIsNotARefusal() throws Exception {
        TestCertificate other = TlsScan.ROOT.issue("other.example").rsa(2048).build();
        try (ScriptedServer server = LegacyTlsServer.withCertificate(other)
                .accepting(0x0303, 0xC02F)
                .warningUnrecognizedName()
                .start()) {
            TlsScan scan = TlsScan.of(server.port());
            assertEquals("TLS 1.2", scan.versions());
            CheckVerdict host = scan.evaluate("ssl.certificate-host").verdict();
            assertEquals(CheckOutcome.FAIL, host.outcome());
            assertEquals("The certificate does not match www.example.com", host.value());
        }
    }

    /** Returns the lowest score cap of the version and cipher suite checks; 100 if there is none. */
    private static int limit(TlsScan scan) {
        return Stream.of("ssl.protocol-versions", "ssl.cipher-suites")
                .flatMap(id -> scan.evaluate(id).verdict().caps().stream())
                .mapToInt(cap -> cap.limit())
                .min()
                .orElse(100);
    }

    /** Creates a server that accepts versions and cipher suites such as {@code 0301:0005,000A 0303:C02F}. */
    private static LegacyTlsServer server(String accepted) {
        LegacyTlsServer server = LegacyTlsServer.withCertificate(RSA);
        for (String version : accepted.strip().split(" ")) {
            List<String> parts = Arrays.asList(version.split(":"));
            Integer[] codes = Stream.of(parts.get(1).split(","))
                    .map(code -> Integer.parseInt(code, 16))
                    .toArray(Integer[]::new);
            server.accepting(Integer.parseInt(parts.get(0), 16), codes);
        }
        return server;
    }
}
