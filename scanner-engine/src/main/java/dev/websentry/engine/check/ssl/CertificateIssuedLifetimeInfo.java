package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Quantity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reports the validity period that the certificate was issued with. */
final class CertificateIssuedLifetimeInfo implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "ssl.certificate-issued-lifetime", "Certificate Lifetime at Issuance", CheckCategory.SSL)
            .description("The validity period of the leaf certificate, compared with the maximum that the Baseline"
                    + " Requirements allowed at issuance.")
            .references(
                    "https://cabforum.org/working-groups/server/baseline-requirements/requirements/#632-certificate-operational-periods-and-key-pair-usage-periods")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        List<String> values = ServedCertificate.of(seen).stream()
                .map(certificate -> describe(certificate.leaf()))
                .distinct()
                .toList();
        return CheckVerdict.info(String.join("; ", values));
    }

    private static String describe(X509Certificate leaf) {
        Instant begin = leaf.getNotBefore().toInstant();
        // The validity period includes both end points (RFC 5280 section 4.1.2.5).
        Duration lifetime =
                Duration.between(begin, leaf.getNotAfter().toInstant()).plusSeconds(1);
        Duration max = Duration.ofDays(maxDays(begin));
        return "Issued for " + Quantity.of(lifetime.toDays(), "day") + "; the Baseline Requirements allowed "
                + Quantity.of(max.toDays(), "day") + " at issuance"
                + (lifetime.compareTo(max) > 0 ? ": longer than public CAs may issue" : "");
    }

    /** Section 6.3.2 of the Baseline Requirements with ballots 193, SC-22 (as browsers enforce it) and SC-081v3. */
    private static int maxDays(Instant issued) {
        String day = issued.toString();
        if (day.compareTo("2029-03-15") >= 0) {
            return 47;
        }
        if (day.compareTo("2027-03-15") >= 0) {
            return 100;
        }
        if (day.compareTo("2026-03-15") >= 0) {
            return 200;
        }
        return day.compareTo("2020-09-01") >= 0 ? 398 : 825;
    }
}
