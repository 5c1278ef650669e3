package dev.websentry.server.dashboard;

import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.scan.MonitorScanRepository;
import dev.websentry.server.scan.MonitorScanRepository.MonitorScans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Summarizes the scans of monitors: how many succeeded lately, and when the certificate of the site expires. */
@Component
class MonitorStatuses {
    static final int DAYS = 30;

    private static final MonitorScans NO_SCANS = new MonitorScans(0, 0, "");

    private final MonitorScanRepository scans;
    private final Clock clock;

    MonitorStatuses(MonitorScanRepository scans, Clock clock) {
        this.scans = scans;
        this.clock = clock;
    }

    /** Returns the status of each monitor by its id. */
    Map<String, MonitorStatus> of(List<Monitor> monitors) {
        Instant now = clock.instant();
        Map<String, MonitorScans> lately =
                scans.summarize(monitors.stream().map(Monitor::id).toList(), now.minus(Duration.ofDays(DAYS)));
        Map<String, Instant> certificates = scans.findCertificateEnds(monitors.stream()
                .flatMap(monitor -> monitor.last().scanId().stream())
                .toList());
        return monitors.stream()
                .collect(Collectors.toMap(
                        Monitor::id,
                        monitor -> status(
                                lately.getOrDefault(monitor.id(), NO_SCANS),
                                monitor.last()
                                        .scanId()
                                        .map(certificates::get)
                                        .map(end -> CertificateEnd.of(end, now)))));
    }

    private static MonitorStatus status(MonitorScans lately, Optional<CertificateEnd> certificate) {
        return new MonitorStatus(
                lately.runs(),
                lately.succeeded(),
                lately.site().isEmpty() ? null : lately.site(),
                certificate.orElse(null));
    }

    /**
     * The status of a monitor.
     *
     * @param runs number of scans of the last {@value #DAYS} days
     * @param succeeded number of these that have a report
     * @param site key of the history; null before the first scan
     * @param certificate null if the last report contains no certificate
     */
    record MonitorStatus(
            int runs,
            int succeeded,
            @Nullable String site,
            @Nullable CertificateEnd certificate) {
        /** Returns the share of successful scans in percent, rounded down so that 100 means all; null without scans. */
        public @Nullable Integer percent() {
            return runs == 0 ? null : Integer.valueOf(succeeded * 100 / runs);
        }
    }
}
