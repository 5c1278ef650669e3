package dev.websentry.server.dashboard;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.server.scan.Scan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Lists the sites of an account with the grade and score of their latest completed scan, most recently scanned first.
 */
@Repository
class SiteSummaryRepository {
    private static final int MAX_SITES = 200;

    private final JdbcClient db;

    SiteSummaryRepository(JdbcClient db) {
        this.db = db;
    }

    /** Returns at most {@value #MAX_SITES} sites. */
    List<SiteSummary> findByAccount(String accountId) {
        return db.sql("""
                        SELECT site, scans, grade, score, created_at, id FROM (
                            SELECT site, grade, score, created_at, id,
                                count(*) OVER (PARTITION BY site) AS scans,
                                row_number() OVER (PARTITION BY site ORDER BY created_at DESC, id DESC) AS age
                            FROM scan WHERE account_id = :account AND state = 'done') AS done
                        WHERE age = 1 ORDER BY created_at DESC, id DESC LIMIT :max""")
                .param("account", accountId)
                .param("max", MAX_SITES)
                .query((row, number) -> new SiteSummary(
                        row.getString("site"),
                        row.getLong("scans"),
                        row.getString("grade"),
                        row.getInt("score"),
                        ReportColor.ofGradeLabel(row.getString("grade")).cssClass(),
                        DisplayTime.of(Instant.ofEpochMilli(row.getLong("created_at"))),
                        row.getString("id")))
                .list();
    }

    /** Returns the id of the last completed scan of the same account and site before a scan. */
    Optional<String> findPrevious(Scan scan) {
        return db.sql("""
                        SELECT id FROM scan WHERE account_id = :account AND site = :site AND state = 'done'
                        AND created_at < :created ORDER BY created_at DESC, id DESC LIMIT 1""")
                .param("account", scan.accountId().orElse(""))
                .param("site", scan.site())
                .param("created", scan.createdAt().toEpochMilli())
                .query(String.class)
                .optional();
    }

    /**
     * A row of the site list.
     *
     * @param scans the number of completed scans
     * @param last the time of the latest completed scan
     * @param id the id of the latest completed scan
     */
    record SiteSummary(String site, long scans, String grade, int score, String tone, DisplayTime last, String id) {}
}
