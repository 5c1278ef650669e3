package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.pki.TrustAssessment;
import dev.websentry.engine.pki.TrustProblem;
import dev.websentry.engine.syntax.Excerpt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks that every served certificate chains to a trusted root. */
final class CertificateTrustCheck implements TlsDependentCheck {
    private static final String FULL_CHAIN =
            "ssl_certificate /etc/ssl/site/fullchain.pem;  # leaf first, then intermediates";

    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "ssl.certificate-trust", "Certificate", CheckCategory.SSL, 5)
            .description(
                    "Every served certificate is currently valid, chains to a root that browsers trust or that is configured,"
                            + " and has the signed timestamps (SCTs) that browsers require under public roots.")
            .remediation(Remediation.of(
                    "Install a certificate from a publicly trusted CA, with its intermediate certificates."))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc5280#section-6",
                    "https://googlechrome.github.io/CertificateTransparency/ct_policy.html",
                    "https://www.rfc-editor.org/rfc/rfc7633",
                    "https://github.com/ssllabs/research/wiki/SSL-Server-Rating-Guide")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        Optional<String> malformation = ServedCertificate.malformation(seen);
        if (malformation.isPresent()) {
            // The JDK does not parse every malformed certificate, so there may be nothing else to evaluate.
            return verdict(new TrustAssessment(TrustProblem.MALFORMED, malformation.get(), List.of()), "");
        }
        List<ServedCertificate> served = ServedCertificate.of(seen);
        List<TrustAssessment> assessments = SiteTrust.assess(served, seen);
        TrustAssessment worst = assessments.stream()
                .max(Comparator.comparing(TrustAssessment::problem))
                .orElseThrow();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < served.size() && i < 6; i++) {
            lines.add(served.get(i).evidenceLine());
            lines.add(Excerpt.evidenceLine("  " + assessments.get(i).detail()));
        }
        RootTrust.storeLine(seen).ifPresent(lines::add);
        boolean differ = assessments.stream().anyMatch(trust -> trust.problem() != worst.problem());
        String note = differ ? " (the served certificates differ; this is the worst result)" : "";
        return verdict(
                        worst,
                        note
                                + RootTrust.listAge(seen)
                                        .map(age -> " (" + age + ")")
                                        .orElse(""))
                .evidence(lines);
    }

    private static CheckVerdict verdict(TrustAssessment worst, String note) {
        String value = Excerpt.evidenceLine(Character.toUpperCase(worst.detail().charAt(0))
                        + worst.detail().substring(1))
                + note;
        return switch (worst.problem()) {
            case NONE -> CheckVerdict.pass(value);
            case UNVERIFIABLE -> throw new UnobservedException(value);
            case INCOMPLETE, FEW_TIMESTAMPS, NO_STAPLE ->
                CheckVerdict.warn(value).withRemediation(remedy(worst.problem()));
            default ->
                CheckVerdict.fail(value)
                        .withRemediation(remedy(worst.problem()))
                        .withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, reason(worst.problem()));
        };
    }

    private static String reason(TrustProblem problem) {
        return switch (problem) {
            case EXPIRED -> "the certificate has expired";
            case NOT_YET_VALID -> "the certificate is not yet valid";
            case REVOKED -> "the certificate is revoked";
            case DISTRUSTED_ROOT -> "browsers distrust the CA of the certificate";
            case NO_TIMESTAMPS -> "browsers reject the certificate because it has no signed timestamp (SCT)";
            case SELF_SIGNED -> "the certificate is self-signed";
            case WRONG_PURPOSE -> "the certificate is not valid for server authentication";
            case WRONG_KEY_USAGE -> "the key usage of the certificate does not allow the key exchange";
            case MALFORMED -> "the certificate is malformed";
            case WEAK_SIGNATURE -> "a certificate has a broken signature algorithm";
            default -> "the certificate is not trusted";
        };
    }

    private static Remediation remedy(TrustProblem problem) {
        return switch (problem) {
            case INCOMPLETE ->
                Remediation.of("Configure the full chain: the leaf certificate first, then every intermediate"
                                + " certificate.")
                        .nginx(FULL_CHAIN)
                        .apache("SSLCertificateFile /etc/ssl/site/fullchain.pem");
            case EXPIRED ->
                Remediation.of("Renew the certificate and reload the server, then automate the renewal.")
                        .withConfig("certbot", "certbot renew --deploy-hook 'systemctl reload nginx'");
            case NOT_YET_VALID ->
                Remediation.of(
                        "Wait until the certificate is valid or restore the previous one, and check the CA's clock.");
            case REVOKED -> Remediation.of("Replace the revoked certificate with a new one that has a new key.");
            case DISTRUSTED_ROOT -> Remediation.of("Replace the certificate with one of a CA that browsers trust.");
            case NO_TIMESTAMPS, FEW_TIMESTAMPS ->
                Remediation.of(
                        "Request the certificate again from the CA, with embedded signed certificate timestamps (SCTs)"
                                + " of as many logs as browsers require.");
            case NO_STAPLE ->
                Remediation.of("Enable OCSP stapling on the server, or request a certificate without the must-staple"
                                + " extension.")
                        .nginx("ssl_stapling on;\nssl_stapling_verify on;")
                        .apache("SSLUseStapling On");
            case WRONG_PURPOSE ->
                Remediation.of(
                        "Request a certificate whose extended key usage contains serverAuth (1.3.6.1.5.5.7.3.1).");
            case WRONG_KEY_USAGE -> Remediation.of("Request a certificate whose key usage contains digitalSignature.");
            case WEAK_SIGNATURE ->
                Remediation.of("Replace the certificate, or the intermediate certificate, with one that is signed with"
                        + " SHA-256 or better.");
            case CONSTRAINT_VIOLATED, UNKNOWN_CRITICAL_EXTENSION, MALFORMED ->
                Remediation.of("Ask the CA for a certificate and intermediate certificates that comply with RFC 5280.");
            case TOO_COMPLEX ->
                Remediation.of("Serve only the leaf certificate and the intermediate certificates of one chain.");
            case SELF_SIGNED ->
                Remediation.of(
                        "Replace the self-signed certificate with one from a trusted CA, such as any public ACME CA.");
            default ->
                Remediation.of("Install a certificate from a publicly trusted CA; for a private CA,"
                        + " add its root certificate to the CA certificates of the scan.");
        };
    }
}
