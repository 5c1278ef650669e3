package dev.websentry.server.scan;

import dev.websentry.server.database.ForeignKeyViolations;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.scan.Scan.GradeSummary;
import dev.websentry.server.scan.Scan.ScanFailure;
import dev.websentry.server.scan.Scan.ScanState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores scans in the database. The row is inserted when a scan is accepted, so that a scan that a crash interrupts is
 * known. Only a completed scan has a grade and results.
 */
@Repository
class ScanRepository {
    static final String COLUMNS = "scan.id, scan.account_id, scan.url, scan.site, scan.state, scan.grade, scan.score,"
            + " scan.error, scan.error_code, scan.monitor_id, scan.created_at";

    private static final String READABLE = "scan.id = :id AND (scan.expires_at IS NULL OR scan.expires_at > :now)";

    /** How long an anonymous scan is kept. */
    static final Duration ANONYMOUS_RETENTION = Duration.ofHours(24);

    private final JdbcClient db;
    private final Clock clock;

    ScanRepository(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * Inserts a scan, or takes over the row of an interrupted scan of the same monitor and scheduled time.
     *
     * @return the id of the row; empty if the scheduled time already has a scan
     * @throws ApiException 401 if the account was deleted in the meantime
     */
    Optional<String> insertOrTakeOver(NewScan scan) {
        try {
            return insert(scan);
        } catch (DataAccessException e) {
            throw ForeignKeyViolations.isForeignKeyViolation(e) ? ApiException.accountDeleted() : e;
        }
    }

    private Optional<String> insert(NewScan scan) {
        long now = scan.createdAt().toEpochMilli();
        return db.sql("""
                        INSERT INTO scan (id, account_id, url, site, state, run_id, monitor_id, due_at, created_at, expires_at)
                        VALUES (:id, :account, :url, :site, 'running', :run, :monitor, :due, :now, :expires)
                        ON CONFLICT (monitor_id, due_at) DO UPDATE
                        SET state = 'running', run_id = excluded.run_id, created_at = excluded.created_at,
                            error = NULL, error_code = NULL, finished_at = NULL
                        WHERE scan.state IN ('running', 'interrupted')
                        RETURNING id""")
                .param("id", scan.id())
                .param("account", scan.accountId())
                .param("url", scan.target().input())
                .param("site", scan.site())
                .param("run", scan.runId())
                .param("monitor", scan.monitorId())
                .param("due", scan.dueAt() == null ? null : scan.dueAt().toEpochMilli())
                .param("now", now)
                .param("expires", scan.accountId() == null ? now + ANONYMOUS_RETENTION.toMillis() : null)
                .query(String.class)
                .optional();
    }

    /**
     * Stores the results of a scan, unless another run has taken it over in the meantime. Results of a run that was
     * marked as interrupted too early are stored, too.
     *
     * @return false if no row of this run exists
     */
    boolean markDone(String id, String run, StoredReport report) {
        Optional<CertificateValidity> certificate = report.certificate();
        // A monitor's report is unchanged if the one before has the same outcomes. Old unchanged reports are deleted.
        return db.sql("""
                                UPDATE scan SET state = 'done', grade = :grade, score = :score, results = :results,
                                    outcome_digest = :digest, certificate_expires_at = :expires,
                                    certificate_lifetime = :lifetime,
                                    is_unchanged = CASE WHEN :digest = (
                                        SELECT earlier.outcome_digest FROM scan earlier
                                        WHERE earlier.monitor_id = scan.monitor_id AND earlier.state = 'done'
                                        AND earlier.created_at < scan.created_at
                                        ORDER BY earlier.created_at DESC LIMIT 1) THEN 1 ELSE 0 END,
                                    error = NULL, error_code = NULL, finished_at = :now
                                WHERE id = :id AND run_id = :run AND state IN ('running', 'interrupted')""")
                        .param("grade", report.gradeSummary().grade())
                        .param("score", report.gradeSummary().score())
                        .param("results", report.compressedResults())
                        .param("digest", report.outcomeDigest())
                        .param(
                                "expires",
                                certificate
                                        .map(seen -> seen.expiresAt().toEpochMilli())
                                        .orElse(null))
                        .param(
                                "lifetime",
                                certificate
                                        .map(seen -> seen.lifetime().toMillis())
                                        .orElse(null))
                        .param("now", clock.millis())
                        .param("id", id)
                        .param("run", run)
                        .update()
                > 0;
    }

    /**
     * Stores that a scan has no results.
     *
     * @param state FAILED or INTERRUPTED
     */
    void markFailed(String id, String run, ScanState state, ScanFailure failure) {
        db.sql("""
                        UPDATE scan SET state = :state, error = :error, error_code = :code, finished_at = :now
                        WHERE id = :id AND run_id = :run AND state = 'running'""")
                .param("state", state.wire())
                .param("error", failure.message())
                .param("code", failure.code().id())
                .param("now", clock.millis())
                .param("id", id)
                .param("run", run)
                .update();
    }

    /** Deletes a scan that sent no requests to the target and whose id no caller knows. */
    void delete(String id, String run) {
        db.sql("DELETE FROM scan WHERE id = :id AND run_id = :run")
                .param("id", id)
                .param("run", run)
                .update();
    }

    /** Sets the expiry of a scan. */
    void setExpiry(String id, Duration retention) {
        db.sql("UPDATE scan SET expires_at = :expires WHERE id = :id")
                .param("expires", clock.millis() + retention.toMillis())
                .param("id", id)
                .update();
    }

    Optional<Scan> find(String id) {
        return db.sql("SELECT " + COLUMNS + " FROM scan WHERE " + READABLE)
                .param("id", id)
                .param("now", clock.millis())
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /** Returns the scan of a monitor for one scheduled time. */
    Optional<Scan> find(String monitorId, Instant dueAt) {
        return db.sql("SELECT " + COLUMNS + " FROM scan WHERE monitor_id = :monitor AND due_at = :due")
                .param("monitor", monitorId)
                .param("due", dueAt.toEpochMilli())
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /** Returns a scan with its compressed results. */
    Optional<ScanWithResults> findWithResults(String id) {
        return db.sql("SELECT " + COLUMNS + ", scan.results FROM scan WHERE " + READABLE)
                .param("id", id)
                .param("now", clock.millis())
                .query((row, number) -> new ScanWithResults(mapRow(row), Optional.ofNullable(row.getBytes("results"))))
                .optional();
    }

    /** Returns the validity of the certificate that a scan has seen. */
    Optional<CertificateValidity> findCertificate(String id) {
        return db.sql("SELECT certificate_expires_at, certificate_lifetime FROM scan"
                        + " WHERE id = :id AND certificate_expires_at IS NOT NULL")
                .param("id", id)
                .query((row, number) -> new CertificateValidity(
                        Instant.ofEpochMilli(row.getLong("certificate_expires_at")),
                        Duration.ofMillis(row.getLong("certificate_lifetime"))))
                .optional();
    }

    /** Returns the last completed scan of a monitor before a time. */
    Optional<Scan> findLastBefore(String monitorId, Instant before) {
        return db.sql("SELECT " + COLUMNS + " FROM scan WHERE monitor_id = :monitor AND state = 'done'"
                        + " AND created_at < :before ORDER BY created_at DESC LIMIT 1")
                .param("monitor", monitorId)
                .param("before", before.toEpochMilli())
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /**
     * A scan with its results.
     *
     * @param compressedResults the engine's JSON, compressed with gzip; empty if the scan is not done
     */
    record ScanWithResults(Scan scan, Optional<byte[]> compressedResults) {}

    /**
     * Deletes expired scans.
     *
     * @return the number of deleted scans
     */
    int deleteExpired() {
        return db.sql("DELETE FROM scan WHERE expires_at <= :now")
                .param("now", clock.millis())
                .update();
    }

    /**
     * Marks scans as interrupted that are too old to still run, because their server has crashed. Scheduled monitor
     * scans may wait longer in the queue; the node that finds them as interrupted repeats them.
     *
     * @param before the latest start of a scan that a caller requested
     * @param beforeScheduled the latest start of a scheduled monitor scan
     * @return the number of marked scans
     */
    int markInterruptedBefore(Instant before, Instant beforeScheduled) {
        return db.sql("""
                        UPDATE scan SET state = 'interrupted', error = :error, error_code = :code, finished_at = :now
                        WHERE state = 'running'
                        AND (due_at IS NULL AND created_at < :before OR created_at < :beforeScheduled)""")
                .param("beforeScheduled", beforeScheduled.toEpochMilli())
                .param("error", ScanService.INTERRUPTED_MESSAGE)
                .param("code", ErrorCode.BUSY.id())
                .param("now", clock.millis())
                .param("before", before.toEpochMilli())
                .update();
    }

    static Scan mapRow(ResultSet row) throws SQLException {
        ScanState state = ScanState.parse(row.getString("state"));
        String error = row.getString("error");
        return new Scan(
                row.getString("id"),
                Optional.ofNullable(row.getString("account_id")),
                row.getString("url"),
                row.getString("site"),
                state,
                state == ScanState.DONE
                        ? Optional.of(new GradeSummary(row.getString("grade"), row.getInt("score")))
                        : Optional.empty(),
                error == null
                        ? Optional.empty()
                        : Optional.of(new ScanFailure(code(row.getString("error_code")), error)),
                Optional.ofNullable(row.getString("monitor_id")),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private static ErrorCode code(@Nullable String wire) {
        return wire == null ? ErrorCode.INTERNAL : ErrorCode.parse(wire);
    }
}
