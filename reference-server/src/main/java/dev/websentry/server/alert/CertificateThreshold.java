package dev.websentry.server.alert;

import dev.websentry.server.scan.CertificateValidity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The remaining days at which an alert about a certificate is sent, which depend on its lifetime: a certificate of 90
 * days that is renewed after 60 days, as usual, must not cause an alert.
 */
final class CertificateThreshold {
    /** The threshold of a certificate that has expired. */
    static final int EXPIRED = 0;

    private static final Duration LONG_LIFETIME = Duration.ofDays(120);
    private static final Duration MEDIUM_LIFETIME = Duration.ofDays(45);
    private static final Duration SHORT_LIFETIME = Duration.ofDays(10);

    private CertificateThreshold() {}

    /** Returns the thresholds that a certificate has reached, in days, the most urgent one first. */
    static List<Integer> reached(CertificateValidity certificate, Instant now) {
        Duration remaining = Duration.between(now, certificate.expiresAt());
        return thresholds(certificate.lifetime()).stream()
                .filter(days -> remaining.compareTo(Duration.ofDays(days)) <= 0)
                .toList();
    }

    private static List<Integer> thresholds(Duration lifetime) {
        if (lifetime.isZero()) {
            return List.of(EXPIRED);
        }
        if (lifetime.compareTo(SHORT_LIFETIME) < 0) {
            return List.of(EXPIRED, 1);
        }
        if (lifetime.compareTo(MEDIUM_LIFETIME) < 0) {
            return List.of(EXPIRED, 3);
        }
        return lifetime.compareTo(LONG_LIFETIME) < 0 ? List.of(EXPIRED, 3, 14) : List.of(EXPIRED, 3, 14, 30);
    }
}
