package dev.websentry.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.scan.CertificateValidity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateThresholdTest {
    private static final Instant NOW = Instant.parse("2030-06-03T06:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // A year, half of one: 30, 14 and 3 days.
        "398, 31, []",
        "398, 30, [30]",
        "120, 30, [30]",
        "398, 14, '[14, 30]'",
        "398, 3, '[3, 14, 30]'",
        "398, -1, '[0, 3, 14, 30]'",
        // 90 days, renewed after 60, as ACME clients do; 47 days.
        "90, 30, []",
        "90, 15, []",
        "90, 14, [14]",
        "47, 14, [14]",
        "47, 3, '[3, 14]'",
        // A month, and six days, which are renewed every three days.
        "30, 14, []",
        "30, 3, [3]",
        "6, 3, []",
        "6, 1, [1]",
        // The lifetime of an expired certificate is not known.
        "0, -5, [0]"
    })
    void thresholdsDependOnTheLifetime(long lifetimeDays, long remainingDays, String reached) {
        CertificateValidity certificate =
                new CertificateValidity(NOW.plus(Duration.ofDays(remainingDays)), Duration.ofDays(lifetimeDays));
        assertEquals(reached, CertificateThreshold.reached(certificate, NOW).toString());
    }
}
