package dev.websentry.server.monitor;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.monitor.MonitorScanRecorded.PreviousScan;
import dev.websentry.server.scan.Scan;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records the result of a monitor's scan: the last grade or error of the monitor. In the same transaction, and once per
 * scan, it publishes {@link MonitorScanRecorded}, so that messages are stored with it. The scan is already stored at this
 * point.
 */
@Repository
class MonitorResultRepository {
    private final JdbcClient db;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;

    MonitorResultRepository(JdbcClient db, ApplicationEventPublisher events, TransactionTemplate transactions) {
        this.db = db;
        this.events = events;
        this.transactions = transactions;
    }

    /**
     * Records the result of a scan.
     *
     * @param at trigger of the scan; for the first scan, its start
     * @return false if nothing was recorded, because this or a later scan is already recorded or the monitor was
     *     deleted
     */
    boolean recordResult(Monitor monitor, Instant at, Scan scan) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            // Must come first, because it locks the row and so serializes the results of this monitor.
            if (advance(monitor.id(), at) == 0) {
                return false;
            }
            scan.gradeSummary()
                    .ifPresentOrElse(
                            verdict -> recordGrade(monitor.id(), scan, verdict), () -> recordError(monitor, scan));
            return true;
        }));
    }

    private int advance(String monitorId, Instant at) {
        return db.sql("""
                        UPDATE monitor SET last_run_at = :at
                        WHERE id = :id AND (last_run_at IS NULL OR last_run_at < :at)""").param("at", at.toEpochMilli()).param("id", monitorId).update();
    }

    private void recordError(Monitor monitor, Scan scan) {
        db.sql("UPDATE monitor SET last_error = :error WHERE id = :id")
                .param("error", scan.failure().map(Scan.ScanFailure::message).orElse("The scan was interrupted"))
                .param("id", monitor.id())
                .update();
    }

    private void recordGrade(String monitorId, Scan scan, Scan.GradeSummary verdict) {
        Monitor monitor = db.sql("SELECT " + MonitorRepository.COLUMNS + " FROM monitor WHERE id = :id")
                .param("id", monitorId)
                .query((row, number) -> MonitorRepository.mapRow(row))
                .single();
        db.sql("""
                        UPDATE monitor SET last_grade = :grade, last_scan_id = :scan, last_error = NULL
                        WHERE id = :id""")
                .param("grade", verdict.grade())
                .param("scan", scan.id())
                .param("id", monitorId)
                .update();
        Optional<PreviousScan> previous = monitor.last()
                .grade()
                .flatMap(Grade::ofLabel)
                .map(grade -> new PreviousScan(grade, monitor.last().scanId()));
        events.publishEvent(new MonitorScanRecorded(monitor, previous, scan));
    }
}
