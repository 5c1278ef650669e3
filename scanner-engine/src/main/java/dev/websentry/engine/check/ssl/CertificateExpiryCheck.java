package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Quantity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Checks that every served certificate is renewed before it expires. The thresholds depend on the lifetime of the
 * certificate, because a fixed number of days does not suit certificates with lifetimes of 6 or 47 days.
 */
final class CertificateExpiryCheck implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "ssl.certificate-lifetime", "Certificate Expiry", CheckCategory.SSL, 2)
            .description("At least 21 days or a quarter of the certificate's lifetime, whichever is shorter, remain.")
            .remediation(Remediation.of("Renew the certificate now and automate the renewal.")
                    .withConfig("certbot", "certbot renew --deploy-hook 'systemctl reload nginx'"))
            .references("https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        List<ServedCertificate> served = ServedCertificate.of(seen);
        CheckVerdict worst = served.stream()
                .map(certificate -> evaluate(certificate.leaf(), seen.now()))
                .max(Comparator.comparing(CheckVerdict::outcome))
                .orElseThrow();
        return worst.evidence(
                served.stream().limit(12).map(ServedCertificate::evidenceLine).toList());
    }

    private static CheckVerdict evaluate(X509Certificate leaf, Instant now) {
        Instant end = leaf.getNotAfter().toInstant();
        Duration lifetime = Duration.between(leaf.getNotBefore().toInstant(), end);
        Duration remaining = Duration.between(now, end);
        String value = format(remaining) + " of " + format(lifetime) + " remain, until " + end;
        if (remaining.isNegative()) {
            return CheckVerdict.fail("The certificate expired on " + end);
        }
        if (remaining.compareTo(shorter(Duration.ofDays(7), lifetime.dividedBy(10))) < 0) {
            return CheckVerdict.fail("The certificate expires soon: " + value);
        }
        if (remaining.compareTo(shorter(Duration.ofDays(21), lifetime.dividedBy(4))) < 0) {
            return CheckVerdict.warn("The certificate is due for renewal: " + value);
        }
        return CheckVerdict.pass(value);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String format(Duration duration) {
        return duration.toDays() >= 2
                ? Quantity.of(duration.toDays(), "day")
                : Quantity.of(Math.max(0, duration.toHours()), "hour");
    }
}
