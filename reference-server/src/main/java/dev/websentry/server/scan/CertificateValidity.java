package dev.websentry.server.scan;

import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The validity of the certificate of a site. If a site serves several, of the one that was judged worst.
 *
 * @param expiresAt end of the validity period
 * @param lifetime the validity period, to the day; zero if it is not known because the certificate has expired
 */
public record CertificateValidity(Instant expiresAt, Duration lifetime) {
    private static final String CHECK = "ssl.certificate-lifetime";

    /** The values that the engine's CertificateExpiryCheck writes. They contain no text of the site. */
    private static final Pattern REMAINING =
            Pattern.compile(".*? of (\\d{1,6}) (day|hour)s? remain, until (\\S{19,29}Z)");

    private static final Pattern EXPIRED = Pattern.compile("The certificate expired on (\\S{19,29}Z)");

    /** Returns the validity that a report contains; empty for a site without TLS or an unreadable certificate. */
    static Optional<CertificateValidity> of(Report report) {
        return report.checks()
                .filter(check -> check.id().filter(CHECK::equals).isPresent() && !check.isUnchecked())
                .findFirst()
                .map(CheckResult::value)
                .flatMap(CertificateValidity::parse);
    }

    private static Optional<CertificateValidity> parse(String value) {
        try {
            Matcher remaining = REMAINING.matcher(value);
            if (remaining.matches()) {
                long count = Long.parseLong(remaining.group(1));
                return Optional.of(new CertificateValidity(
                        Instant.parse(remaining.group(3)),
                        remaining.group(2).equals("day") ? Duration.ofDays(count) : Duration.ofHours(count)));
            }
            Matcher expired = EXPIRED.matcher(value);
            return expired.matches()
                    ? Optional.of(new CertificateValidity(Instant.parse(expired.group(1)), Duration.ZERO))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
