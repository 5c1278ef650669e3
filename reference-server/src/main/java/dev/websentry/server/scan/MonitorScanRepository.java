package dev.websentry.server.scan;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Summarizes the scans of monitors. */
@Repository
public class MonitorScanRepository {
    private final JdbcClient db;

    MonitorScanRepository(JdbcClient db) {
        this.db = db;
    }

    /** Returns the scans since a time by the id of the monitor. Monitors without any scan are missing. */
    public Map<String, MonitorScans> summarize(Collection<String> monitorIds, Instant since) {
        if (monitorIds.isEmpty()) {
            return Map.of();
        }
        return db
                .sql("""
                        SELECT known.monitor_id,
                            (SELECT count(*) FROM scan WHERE scan.monitor_id = known.monitor_id
                                AND scan.created_at >= :since AND scan.state IN ('done', 'failed')) AS runs,
                            (SELECT count(*) FROM scan WHERE scan.monitor_id = known.monitor_id
                                AND scan.created_at >= :since AND scan.state = 'done') AS succeeded,
                            (SELECT site FROM scan WHERE scan.monitor_id = known.monitor_id
                                ORDER BY scan.created_at DESC LIMIT 1) AS site
                        FROM (SELECT DISTINCT monitor_id FROM scan WHERE monitor_id IN (:ids)) AS known""")
                .param("ids", monitorIds)
                .param("since", since.toEpochMilli())
                .query((row, number) -> Map.entry(
                        row.getString("monitor_id"),
                        new MonitorScans(row.getInt("runs"), row.getInt("succeeded"), row.getString("site"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the end of the certificate by the id of the scan, for the scans that have seen one. */
    public Map<String, Instant> findCertificateEnds(Collection<String> scanIds) {
        if (scanIds.isEmpty()) {
            return Map.of();
        }
        return db
                .sql("""
                        SELECT id, certificate_expires_at FROM scan
                        WHERE id IN (:ids) AND certificate_expires_at IS NOT NULL""")
                .param("ids", scanIds)
                .query((row, number) ->
                        Map.entry(row.getString("id"), Instant.ofEpochMilli(row.getLong("certificate_expires_at"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The scans of a monitor since a time.
     *
     * @param runs the number of scans that have ended
     * @param succeeded the number of these that have a report
     * @param site the site of the last scan, which may be older
     */
    public record MonitorScans(int runs, int succeeded, String site) {}
}
