package dev.websentry.server.scan;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds and deletes scans whose retention period is over. A page is read without a transaction, and a page of ids is
 * deleted by one statement, so that the write lock of SQLite is held for milliseconds.
 */
@Repository
class ScanPurgeRepository {
    /** A link to a report must not break while it is not revoked. */
    private static final String NOT_SHARED =
            " AND NOT EXISTS (SELECT 1 FROM share WHERE share.scan_id = scan.id AND share.revoked_at IS NULL)";

    private static final String PAGE =
            " AND scan.created_at < :before AND (scan.created_at, scan.id) > (:time, :after)";

    private static final String ORDER = " ORDER BY scan.created_at, scan.id LIMIT :limit";

    private final JdbcClient db;

    ScanPurgeRepository(JdbcClient db) {
        this.db = db;
    }

    /** The position in the scans, in the order of their age. */
    record PurgePosition(Instant createdAt, String id) {
        static final PurgePosition START = new PurgePosition(Instant.EPOCH, "");
    }

    /**
     * Finds scans that a user requested.
     *
     * @param plan the name of the current plan of their accounts
     */
    List<PurgePosition> findOfPlan(String plan, Instant before, PurgePosition after, int limit) {
        return db.sql("SELECT scan.created_at, scan.id FROM scan JOIN account ON account.id = scan.account_id"
                        + " WHERE scan.monitor_id IS NULL AND scan.account_id IS NOT NULL AND scan.state <> 'running'"
                        + " AND account.plan = :plan" + PAGE + NOT_SHARED + ORDER)
                .param("plan", plan)
                .param("before", before.toEpochMilli())
                .param("time", after.createdAt().toEpochMilli())
                .param("after", after.id())
                .param("limit", limit)
                .query((row, number) ->
                        new PurgePosition(Instant.ofEpochMilli(row.getLong("created_at")), row.getString("id")))
                .list();
    }

    /** Finds unchanged reports of monitors except for the last one of each, and failed scans. */
    List<PurgePosition> findUnchanged(Instant before, PurgePosition after, int limit) {
        return db.sql("SELECT scan.created_at, scan.id FROM scan"
                        + " WHERE scan.monitor_id IS NOT NULL AND (scan.is_unchanged = 1 OR scan.state <> 'done')"
                        + " AND scan.state <> 'running' AND (scan.state <> 'done' OR EXISTS ("
                        + " SELECT 1 FROM scan later WHERE later.monitor_id = scan.monitor_id AND later.state = 'done'"
                        + " AND later.created_at > scan.created_at))" + PAGE + NOT_SHARED + ORDER)
                .param("before", before.toEpochMilli())
                .param("time", after.createdAt().toEpochMilli())
                .param("after", after.id())
                .param("limit", limit)
                .query((row, number) ->
                        new PurgePosition(Instant.ofEpochMilli(row.getLong("created_at")), row.getString("id")))
                .list();
    }

    /**
     * Deletes scans, except for those that were shared in the meantime.
     *
     * @return the number of deleted scans
     */
    int delete(List<String> ids) {
        return db.sql("DELETE FROM scan WHERE id IN (:ids)" + NOT_SHARED)
                .param("ids", ids)
                .update();
    }
}
