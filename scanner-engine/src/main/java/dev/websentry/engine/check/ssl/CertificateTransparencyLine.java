package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.CertificateAccess;
import dev.websentry.engine.syntax.Der;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reports the number of embedded signed certificate timestamps (SCTs). */
final class CertificateTransparencyLine implements Check {
    private static final Definition DEFINITION = Definition.info(
                    "ssl.certificate-transparency", "Certificate Transparency", Category.SSL)
            .describe("The number of signed certificate timestamps (SCTs) that the leaf certificate contains.")
            .references("https://www.rfc-editor.org/rfc/rfc6962#section-3.3")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        if (ServedTls.absence(seen).isPresent()) {
            return Verdict.info("No TLS");
        }
        List<String> values = ServedCertificate.of(seen).stream()
                .map(certificate -> certificate.leaf().getPublicKey().getAlgorithm() + " leaf: "
                        + count(certificate.leaf()) + " timestamps (SCTs) embedded")
                .toList();
        return Verdict.info(String.join("; ", values));
    }

    /** Counts the entries of the SCT list (RFC 6962 section 3.3); each entry is preceded by its length in 2 bytes. */
    private static int count(X509Certificate leaf) {
        byte[] list = CertificateAccess.extension(leaf, "1.3.6.1.4.1.11129.2.4.2")
                .map(Der::content)
                .orElse(new byte[0]);
        int count = 0;
        for (int position = 2; position + 2 <= list.length; count++) {
            position += 2 + ((list[position] & 0xff) << 8 | (list[position + 1] & 0xff));
        }
        return count;
    }
}
