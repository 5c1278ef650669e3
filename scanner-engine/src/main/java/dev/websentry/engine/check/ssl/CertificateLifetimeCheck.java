package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The certificate is renewed in time, seen from its own length: 6-day and 47-day certificates make fixed days wrong. */
final class CertificateLifetimeCheck implements TlsCheck {
    private static final Definition DEFINITION = Definition.of(
                    "ssl.certificate-lifetime", "Certificate Expiry", Category.SSL, 2)
            .describe("More than 21 days, or a quarter of the certificate's lifetime, are left.")
            .remedy(Remediation.of("Renew the certificate now, and let the renewal run by itself from here on.")
                    .with("certbot", "certbot renew --deploy-hook 'systemctl reload nginx'"))
            .references("https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judgeServed(Observations seen) {
        List<ServedCertificate> served = ServedCertificate.of(seen);
        Verdict worst = served.stream()
                .map(certificate -> judge(certificate.leaf(), seen.now()))
                .max(Comparator.comparing(Verdict::outcome))
                .orElseThrow();
        return worst.evidence(
                served.stream().limit(12).map(ServedCertificate::line).toList());
    }

    private static Verdict judge(X509Certificate leaf, Instant now) {
        Instant end = leaf.getNotAfter().toInstant();
        Duration lifetime = Duration.between(leaf.getNotBefore().toInstant(), end);
        Duration left = Duration.between(now, end);
        String value = words(left) + " of " + words(lifetime) + " are left, until " + end;
        if (left.isNegative()) {
            return Verdict.fail("Expired on " + end);
        }
        if (left.compareTo(shorter(Duration.ofDays(7), lifetime.dividedBy(10))) < 0) {
            return Verdict.fail("About to expire: " + value);
        }
        if (left.compareTo(shorter(Duration.ofDays(21), lifetime.dividedBy(4))) < 0) {
            return Verdict.warn("Renewal is due: " + value);
        }
        return Verdict.pass(value);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String words(Duration duration) {
        return duration.toDays() >= 2 ? duration.toDays() + " days" : Math.max(0, duration.toHours()) + " hours";
    }
}
