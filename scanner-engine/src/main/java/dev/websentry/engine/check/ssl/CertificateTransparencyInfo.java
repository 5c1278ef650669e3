package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.pki.SignedTimestamps;
import dev.websentry.engine.syntax.Quantity;
import java.util.List;

/** Reports the number of signed certificate timestamps (SCTs); the check of the certificate requires them. */
final class CertificateTransparencyInfo implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "ssl.certificate-transparency", "Certificate Transparency", CheckCategory.SSL)
            .description(
                    "The number of signed certificate timestamps (SCTs) of distinct logs for the leaf certificate.")
            .references("https://www.rfc-editor.org/rfc/rfc6962#section-3.3")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        List<String> values = ServedCertificate.of(seen).stream()
                .map(CertificateTransparencyInfo::line)
                .toList();
        return CheckVerdict.info(String.join("; ", values));
    }

    private static String line(ServedCertificate certificate) {
        SignedTimestamps timestamps = RootTrust.timestamps(certificate);
        return certificate.leaf().getPublicKey().getAlgorithm() + " leaf: "
                + Quantity.of(
                        timestamps.embedded().size(), "timestamp (SCT) embedded, ", "timestamps (SCTs) embedded, ")
                + timestamps.delivered().size() + " in the handshake or a stapled OCSP response";
    }
}
