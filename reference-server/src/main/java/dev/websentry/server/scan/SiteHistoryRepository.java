package dev.websentry.server.scan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the history of the sites of an account. */
@Repository
public class SiteHistoryRepository {
    private static final int MAX_SITES = 200;
    private static final int MAX_SCANS = 500;

    private final JdbcClient db;

    SiteHistoryRepository(JdbcClient db) {
        this.db = db;
    }

    /**
     * Returns at most {@value #MAX_SITES} sites with their latest completed scan, the most recently scanned one first.
     */
    public List<LatestSiteScan> findLatest(String accountId) {
        return db.sql("""
                        SELECT site, scans, grade, score, created_at, id FROM (
                            SELECT site, grade, score, created_at, id,
                                count(*) OVER (PARTITION BY site) AS scans,
                                row_number() OVER (PARTITION BY site ORDER BY created_at DESC, id DESC) AS age
                            FROM scan WHERE account_id = :account AND state = 'done') AS done
                        WHERE age = 1 ORDER BY created_at DESC, id DESC LIMIT :max""")
                .param("account", accountId)
                .param("max", MAX_SITES)
                .query((row, number) -> new LatestSiteScan(
                        row.getString("site"),
                        row.getLong("scans"),
                        new Scan.GradeSummary(row.getString("grade"), row.getInt("score")),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getString("id")))
                .list();
    }

    /** Returns the id of the last completed scan of the same account and site before a scan. */
    public Optional<String> findPrevious(Scan scan) {
        return db.sql("""
                        SELECT id FROM scan WHERE account_id = :account AND site = :site AND state = 'done'
                        AND created_at < :created ORDER BY created_at DESC, id DESC LIMIT 1""")
                .param("account", scan.accountId().orElse(""))
                .param("site", scan.site())
                .param("created", scan.createdAt().toEpochMilli())
                .query((row, number) -> row.getString("id"))
                .optional();
    }

    /** Returns the end of the certificate by the id of the scan, for the latest scans that have seen one. */
    public Map<String, Instant> findCertificateEnds(String accountId, String site) {
        return db
                .sql("""
                        SELECT id, certificate_expires_at FROM scan
                        WHERE account_id = :account AND site = :site AND certificate_expires_at IS NOT NULL
                        ORDER BY created_at DESC LIMIT :max""")
                .param("account", accountId)
                .param("site", site)
                .param("max", MAX_SCANS)
                .query((row, number) ->
                        Map.entry(row.getString("id"), Instant.ofEpochMilli(row.getLong("certificate_expires_at"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The latest completed scan of a site.
     *
     * @param scans the number of completed scans of the site
     * @param id the id of the scan
     */
    public record LatestSiteScan(
            String site, long scans, Scan.GradeSummary gradeSummary, Instant createdAt, String id) {}
}
