package dev.websentry.engine.check.ssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the evidence of the served certificates, and hosts that serve different certificates. */
class CertificateEvidenceTest {
    private static final String DIFFER = "the served certificates differ";

    @Test
    void differentResultsOfTwoCertificatesAreNoted() {
        ObservedTls site = ObservedTls.good()
                .serves(ObservedTls.leaf().build())
                .serves(ObservedTls.selfSignedRoot("www.example.com"));
        CheckVerdict verdict = site.evaluate("ssl.certificate-trust").verdict();
        assertTrue(verdict.value().contains(DIFFER), verdict.value());
        assertEquals(4, verdict.evidence().size(), verdict.evidence()::toString);
    }

    @Test
    void evidenceDescribesTheCertificate() {
        CheckVerdict verdict =
                ObservedTls.good().evaluate("ssl.certificate-trust").verdict();
        assertFalse(verdict.value().contains(DIFFER), verdict.value());
        String line = verdict.evidence().get(0);
        assertTrue(line.startsWith("EC certificate on 192.0.2.7: subject CN="), line);
    }

    @Test
    void evidenceOfTheHostNameListsTheAlternativeNames() {
        ObservedTls site = ObservedTls.good()
                .serves(ObservedTls.leaf("www.example.com", "192.0.2.7").build());
        assertEquals(
                List.of("192.0.2.7 subjectAltName: www.example.com, 192.0.2.7"),
                site.evaluate("ssl.certificate-host").verdict().evidence());
    }
}
