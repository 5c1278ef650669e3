package dev.websentry.server.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a certificate in the history of a site.
 *
 * @param date such as {@code 2026-03-01}
 * @param position between the indexes of the scans before and after it; meaningless if it is upcoming
 * @param tone CSS class of its color
 */
record CertificateExpiry(String date, double position, boolean isUpcoming, String tone) {
    /**
     * Finds the certificates that expired while they were in use, and the end of the current one. A certificate that
     * was replaced before the next scan is omitted: it is not known whether it expired first.
     *
     * @param scans completed scans, oldest first
     * @param certificates the end of the certificate by the id of the scan
     * @param current whether the last scan is the latest one of the site
     */
    static List<CertificateExpiry> of(
            List<ScanListItem> scans, Map<String, CertificateEnd> certificates, boolean current) {
        List<CertificateExpiry> expiries = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            Optional<CertificateEnd> end =
                    Optional.ofNullable(certificates.get(scans.get(i).id()));
            if (end.isEmpty()
                    || !time(end.get().time()).isAfter(time(scans.get(i).created()))) {
                continue;
            }
            if (i + 1 < scans.size()) {
                between(scans, i, end.get(), certificates).ifPresent(expiries::add);
            } else if (current) {
                expiries.add(new CertificateExpiry(
                        end.get().time().date(), i, true, end.get().tone()));
            }
        }
        return expiries;
    }

    private static Optional<CertificateExpiry> between(
            List<ScanListItem> scans, int index, CertificateEnd end, Map<String, CertificateEnd> certificates) {
        Instant before = time(scans.get(index).created());
        Instant after = time(scans.get(index + 1).created());
        CertificateEnd next = certificates.get(scans.get(index + 1).id());
        boolean sameCertificate = next != null && next.time().equals(end.time());
        if (!sameCertificate || time(end.time()).isAfter(after)) {
            return Optional.empty();
        }
        double share = (double) Duration.between(before, time(end.time())).toMillis()
                / Duration.between(before, after).toMillis();
        return Optional.of(new CertificateExpiry(end.time().date(), index + share, false, "fail"));
    }

    private static Instant time(DisplayTime time) {
        return Instant.parse(time.iso());
    }

    /** Returns the text of the label. */
    String text() {
        return isUpcoming && !tone.equals("fail") ? "certificate expires on " + date : "certificate expired on " + date;
    }
}
