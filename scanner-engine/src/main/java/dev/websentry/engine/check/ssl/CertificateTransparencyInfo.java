package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Certificates;
import dev.websentry.engine.syntax.DerElement;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reports the number of embedded signed certificate timestamps (SCTs). */
final class CertificateTransparencyInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "ssl.certificate-transparency", "Certificate Transparency", CheckCategory.SSL)
            .description("The number of signed certificate timestamps (SCTs) that the leaf certificate contains.")
            .references("https://www.rfc-editor.org/rfc/rfc6962#section-3.3")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        if (TlsAvailability.unavailabilityReason(seen).isPresent()) {
            return CheckVerdict.info("No TLS");
        }
        List<String> values = ServedCertificate.of(seen).stream()
                .map(certificate -> certificate.leaf().getPublicKey().getAlgorithm() + " leaf: "
                        + count(certificate.leaf()) + " timestamps (SCTs) embedded")
                .toList();
        return CheckVerdict.info(String.join("; ", values));
    }

    /** Counts the entries of the SCT list (RFC 6962 section 3.3); each entry is preceded by its length in 2 bytes. */
    private static int count(X509Certificate leaf) {
        byte[] list = Certificates.extension(leaf, "1.3.6.1.4.1.11129.2.4.2")
                .map(DerElement::content)
                .orElse(new byte[0]);
        int count = 0;
        for (int position = 2; position + 2 <= list.length; count++) {
            position += 2 + ((list[position] & 0xff) << 8 | (list[position + 1] & 0xff));
        }
        return count;
    }
}
