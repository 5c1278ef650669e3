package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.ServerIdentity;
import java.util.List;
import java.util.Optional;

/** Checks that every served certificate matches the host (RFC 9525). */
final class CertificateHostCheck implements TlsCheck {
    private static final Definition DEFINITION = Definition.of(
                    "ssl.certificate-host", "Certificate Host Name", Category.SSL, 3)
            .describe("The host is one of the certificate's subject alternative names.")
            .remedy(Remediation.of("Request a certificate whose subject alternative names contain this host;"
                            + " clients ignore the common name.")
                    .with("certbot", "certbot certonly --nginx -d example.com -d www.example.com"))
            .references("https://www.rfc-editor.org/rfc/rfc9525#section-6")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judgeServed(Observations seen) {
        List<ServedCertificate> served = ServedCertificate.of(seen);
        String host = seen.target().host().ascii();
        List<String> lines =
                served.stream().limit(12).map(CertificateHostCheck::names).toList();
        Optional<ServedCertificate> mismatch = served.stream()
                .filter(certificate -> !ServerIdentity.matches(certificate.leaf(), host))
                .findFirst();
        if (mismatch.isEmpty()) {
            return Verdict.pass("The certificate matches " + host).evidence(lines);
        }
        boolean nameless = ServerIdentity.names(mismatch.get().leaf()).isEmpty();
        return Verdict.fail("The certificate does not match " + host
                        + (nameless ? ": it has no subject alternative name" : ""))
                .evidence(lines)
                .cap(Cap.F, "the certificate does not match the host");
    }

    private static String names(ServedCertificate certificate) {
        return Line.of(certificate.addresses().get(0) + " subjectAltName: "
                + String.join(", ", ServerIdentity.names(certificate.leaf())));
    }
}
