package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the keys and signatures of leaf and intermediate certificates. Root certificates are not evaluated, because
 * clients trust them regardless of their signatures.
 */
final class CertificateStrengthCheck implements TlsCheck {
    private static final Definition DEFINITION = Definition.of(
                    "ssl.certificate-strength", "Certificate Key and Signature", Category.SSL, 2)
            .describe("The leaf and intermediate certificates have strong keys and are signed with SHA-256 or better.")
            .remedy(Remediation.of("Request a certificate with an EC P-256 or RSA 2048 key, signed with SHA-256.")
                    .with("openssl", "openssl ecparam -name prime256v1 -genkey -noout -out privkey.pem"))
            .references(
                    "https://cabforum.org/working-groups/server/baseline-requirements/requirements/#615-key-sizes",
                    "https://www.rfc-editor.org/rfc/rfc9155")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judgeServed(Observations seen) {
        Outcome worst = Outcome.PASS;
        Set<String> findings = new LinkedHashSet<>();
        Set<String> caps = new LinkedHashSet<>();
        Set<String> lines = new LinkedHashSet<>();
        for (ServedCertificate served : ServedCertificate.of(seen)) {
            for (X509Certificate certificate : evaluated(served, seen)) {
                boolean leaf = certificate.equals(served.leaf());
                String role = leaf ? "leaf" : "intermediate";
                for (KeyStrength strength : strengths(certificate)) {
                    lines.add(Line.of(
                            role + " " + certificate.getSubjectX500Principal().getName() + ": " + strength.text()));
                    if (strength.outcome() != Outcome.PASS) {
                        findings.add(role + " with " + strength.text());
                        worst = strength.outcome() == Outcome.FAIL
                                ? Outcome.FAIL
                                : worst == Outcome.PASS ? Outcome.WARN : worst;
                    }
                    if (leaf && strength.capped()) {
                        caps.add("the certificate has a broken key or signature: " + strength.text());
                    }
                }
            }
        }
        String value = findings.isEmpty()
                ? "Strong keys and signatures: " + String.join("; ", lines)
                : "Weak keys or signatures: " + String.join(", ", findings);
        Verdict verdict = Verdict.of(worst, Line.of(value))
                .evidence(lines.stream().limit(12).toList());
        for (String cap : caps) {
            verdict = verdict.cap(Cap.F, cap);
        }
        return verdict;
    }

    private static List<KeyStrength> strengths(X509Certificate certificate) {
        KeyStrength key = KeyStrength.ofKey(certificate);
        // Clients do not rely on the signature of a self-issued certificate.
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                ? List.of(key)
                : List.of(key, KeyStrength.ofSignature(certificate));
    }

    /** Returns the path without its anchor, or the served certificates except roots if there is no path. */
    private static List<X509Certificate> evaluated(ServedCertificate served, Observations seen) {
        List<X509Certificate> path = Trust.of(served, seen).path();
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
