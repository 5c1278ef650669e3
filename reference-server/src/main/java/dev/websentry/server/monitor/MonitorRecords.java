package dev.websentry.server.monitor;

import dev.websentry.engine.report.Grade;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.webhook.GradeFall;
import dev.websentry.server.webhook.Webhooks;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Draws the conclusions from a monitor's scan, all or none, and once for each: the monitor's last grade or error, and the
 * message about a grade that fell. The scan itself is recorded by then.
 */
@Repository
class MonitorRecords {
    private final JdbcClient db;
    private final Webhooks webhooks;
    private final TransactionTemplate transactions;

    MonitorRecords(JdbcClient db, Webhooks webhooks, TransactionTemplate transactions) {
        this.db = db;
        this.webhooks = webhooks;
        this.transactions = transactions;
    }

    /**
     * Notes what a scan came to.
     *
     * @param at the trigger that it answers; for the first scan, when it began
     * @return false when there was nothing to note: this or a later one is noted already, or the monitor is gone
     */
    boolean note(Monitor monitor, Instant at, Scan scan) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            // First of all, since it makes whoever else notes for this monitor wait.
            if (advance(monitor.id(), at) == 0) {
                return false;
            }
            scan.verdict().ifPresentOrElse(verdict -> graded(monitor, scan.id(), verdict), () -> failed(monitor, scan));
            return true;
        }));
    }

    private int advance(String monitorId, Instant at) {
        return db.sql("""
                        UPDATE monitor SET last_run_at = :at
                        WHERE id = :id AND (last_run_at IS NULL OR last_run_at < :at)""").param("at", at.toEpochMilli()).param("id", monitorId).update();
    }

    private void failed(Monitor monitor, Scan scan) {
        db.sql("UPDATE monitor SET last_error = :error WHERE id = :id")
                .param("error", scan.failure().map(Scan.Failure::message).orElse("The scan was cut off"))
                .param("id", monitor.id())
                .update();
    }

    private void graded(Monitor monitor, String scanId, Scan.Verdict verdict) {
        Optional<Grade> before = db.sql("SELECT last_grade FROM monitor WHERE id = :id")
                .param("id", monitor.id())
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single()
                .flatMap(Grade::ofLabel);
        db.sql("""
                        UPDATE monitor SET last_grade = :grade, last_scan_id = :scan, last_error = NULL
                        WHERE id = :id""")
                .param("grade", verdict.grade())
                .param("scan", scanId)
                .param("id", monitor.id())
                .update();
        Grade now = Grade.parse(verdict.grade());
        // Grades are in order, the best first.
        before.filter(old -> now.compareTo(old) > 0)
                .ifPresent(old -> webhooks.gradeFell(
                        monitor.accountId(),
                        new GradeFall(
                                new GradeFall.Watched(
                                        monitor.id(),
                                        monitor.url(),
                                        monitor.frequency().wire()),
                                old.label(),
                                now.label(),
                                verdict.score(),
                                scanId)));
    }
}
