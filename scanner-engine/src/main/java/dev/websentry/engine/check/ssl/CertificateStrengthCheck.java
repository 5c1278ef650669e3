package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.pki.TrustAssessment;
import dev.websentry.engine.syntax.Excerpt;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the keys and signatures of leaf and intermediate certificates. Root certificates are not evaluated, because
 * clients trust them regardless of their signatures.
 */
final class CertificateStrengthCheck implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "ssl.certificate-strength", "Certificate Key and Signature", CheckCategory.SSL, 2)
            .description(
                    "The leaf and intermediate certificates have strong keys and are signed with SHA-256 or better.")
            .remediation(Remediation.of("Request a certificate with an EC P-256 or RSA 2048 key, signed with SHA-256.")
                    .withConfig("openssl", "openssl ecparam -name prime256v1 -genkey -noout -out privkey.pem"))
            .references(
                    "https://cabforum.org/working-groups/server/baseline-requirements/requirements/#615-key-sizes",
                    "https://www.rfc-editor.org/rfc/rfc9155")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        CheckOutcome worst = CheckOutcome.PASS;
        Set<String> findings = new LinkedHashSet<>();
        Set<String> caps = new LinkedHashSet<>();
        Set<String> lines = new LinkedHashSet<>();
        List<ServedCertificate> all = ServedCertificate.of(seen);
        List<TrustAssessment> assessments = SiteTrust.assess(all, seen);
        for (int i = 0; i < all.size(); i++) {
            ServedCertificate served = all.get(i);
            for (X509Certificate certificate :
                    evaluated(served, assessments.get(i).path())) {
                boolean leaf = certificate.equals(served.leaf());
                String role = leaf ? "leaf" : "intermediate";
                for (CertificateAlgorithmStrength strength : strengths(certificate)) {
                    lines.add(Excerpt.evidenceLine(
                            role + " " + certificate.getSubjectX500Principal().getName() + ": " + strength.text()));
                    if (strength.outcome() != CheckOutcome.PASS) {
                        findings.add(role + " with " + strength.text());
                        worst = strength.outcome() == CheckOutcome.FAIL
                                ? CheckOutcome.FAIL
                                : worst == CheckOutcome.PASS ? CheckOutcome.WARN : worst;
                    }
                    if (leaf && strength.capsScore()) {
                        caps.add("the certificate has a broken key or signature: " + strength.text());
                    }
                }
            }
        }
        String value = findings.isEmpty()
                ? "Strong keys and signatures: " + String.join("; ", lines)
                : "Weak keys or signatures: " + String.join(", ", findings);
        CheckVerdict verdict = CheckVerdict.of(worst, Excerpt.evidenceLine(value))
                .evidence(lines.stream().limit(12).toList());
        for (String cap : caps) {
            verdict = verdict.withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, cap);
        }
        return verdict;
    }

    private static List<CertificateAlgorithmStrength> strengths(X509Certificate certificate) {
        CertificateAlgorithmStrength key = CertificateAlgorithmStrength.ofKey(certificate);
        // Clients do not rely on the signature of a self-issued certificate.
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                ? List.of(key)
                : List.of(key, CertificateAlgorithmStrength.ofSignature(certificate));
    }

    /** Returns the path without its anchor, or the served certificates except roots if there is no path. */
    private static List<X509Certificate> evaluated(ServedCertificate served, List<X509Certificate> path) {
        if (path.size() > 1) {
            return path.subList(0, path.size() - 1);
        }
        List<X509Certificate> evaluated = new ArrayList<>(List.of(served.leaf()));
        served.chain().stream()
                .skip(1)
                .filter(certificate ->
                        !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .forEach(evaluated::add);
        return evaluated;
    }
}
