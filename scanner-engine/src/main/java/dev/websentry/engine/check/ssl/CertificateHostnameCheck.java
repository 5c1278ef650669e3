package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.ServerIdentity;
import java.util.List;
import java.util.Optional;

/** Checks that every served certificate matches the host (RFC 9525). */
final class CertificateHostnameCheck implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "ssl.certificate-host", "Certificate Host Name", CheckCategory.SSL, 3)
            .description("The host is one of the certificate's subject alternative names.")
            .remediation(Remediation.of("Request a certificate whose subject alternative names contain this host;"
                            + " clients ignore the common name.")
                    .withConfig("certbot", "certbot certonly --nginx -d example.com -d www.example.com"))
            .references("https://www.rfc-editor.org/rfc/rfc9525#section-6")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        List<ServedCertificate> served = ServedCertificate.of(seen);
        String host = seen.target().host().ascii();
        List<String> lines =
                served.stream().limit(12).map(CertificateHostnameCheck::names).toList();
        Optional<ServedCertificate> mismatch = served.stream()
                .filter(certificate -> !ServerIdentity.matches(certificate.leaf(), host))
                .findFirst();
        if (mismatch.isEmpty()) {
            return CheckVerdict.pass("The certificate matches " + host).evidence(lines);
        }
        boolean nameless = ServerIdentity.subjectAltNames(mismatch.get().leaf()).isEmpty();
        return CheckVerdict.fail("The certificate does not match " + host
                        + (nameless ? ": it has no subject alternative name" : ""))
                .evidence(lines)
                .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "the certificate does not match the host");
    }

    private static String names(ServedCertificate certificate) {
        return Excerpt.evidenceLine(certificate.addresses().get(0) + " subjectAltName: "
                + String.join(", ", ServerIdentity.subjectAltNames(certificate.leaf())));
    }
}
