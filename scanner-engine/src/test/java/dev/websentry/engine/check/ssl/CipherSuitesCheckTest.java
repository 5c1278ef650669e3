package dev.websentry.engine.check.ssl;

import static dev.websentry.engine.check.ssl.ObservedTls.good;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the limits of Diffie-Hellman groups, and the evidence of accepted cipher suites. */
class CipherSuitesCheckTest {
    @ParameterizedTest
    @CsvSource({"1023, FAIL", "1024, WARN", "2047, WARN", "2048, PASS"})
    void sizeOfTheDiffieHellmanGroupDecides(int bits, CheckOutcome outcome) {
        CheckVerdict verdict = verdict(good().dhBits(bits));
        assertEquals(outcome, verdict.outcome(), verdict.value());
        assertTrue(verdict.evidence().contains("192.0.2.7 Diffie-Hellman: " + bits + " bits"));
        assertEquals(List.of(), verdict.caps());
    }

    /** Every cipher suite of SSLv2 is broken. */
    @Test
    void sslv2FailsWithoutAnyAcceptedCipherSuiteOfLaterVersions() {
        CheckVerdict verdict = verdict(good().accepts(ProtocolVersion.SSL_2, ProtocolVersion.TLS_1_2));
        assertEquals(CheckOutcome.FAIL, verdict.outcome());
        assertEquals("Broken cipher suites are accepted: all SSLv2 cipher suites", verdict.value());
    }

    @Test
    void evidenceNamesTheAcceptedCipherSuites() {
        List<String> evidence = verdict(good()).evidence();
        assertEquals(1, evidence.size(), evidence::toString);
        assertTrue(evidence.get(0).startsWith("192.0.2.7 "), evidence.get(0));
        assertTrue(evidence.get(0).endsWith(": TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), evidence.get(0));
    }

    @Test
    void longEvidenceEndsBetweenTwoCipherSuites() {
        CheckVerdict verdict = verdict(good().suites(CipherStrength.CBC));
        String line = verdict.evidence().stream()
                .filter(evidence -> evidence.contains("CBC"))
                .findFirst()
                .orElseThrow();
        assertTrue(line.matches(".*TLS_[A-Z0-9_]+ and others"), line);
        assertTrue(line.length() <= 300 && line.length() > 200, line);
        String last = line.substring(line.lastIndexOf("TLS_"), line.length() - " and others".length());
        assertTrue(
                CipherSuite.UP_TO_TLS_1_2.stream()
                        .anyMatch(suite -> suite.name().equals(last)),
                line);
    }

    private static CheckVerdict verdict(ObservedTls site) {
        return site.evaluate("ssl.cipher-suites").verdict();
    }
}
