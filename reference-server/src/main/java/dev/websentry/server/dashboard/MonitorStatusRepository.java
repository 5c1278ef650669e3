package dev.websentry.server.dashboard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Summarizes the scans of monitors: how many succeeded lately, and when the certificate of the site expires. */
@Repository
class MonitorStatusRepository {
    static final int DAYS = 30;

    private final JdbcClient db;
    private final Clock clock;

    MonitorStatusRepository(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Returns the status of each monitor of an account, by the id of the monitor. */
    Map<String, MonitorStatus> findByAccount(String accountId) {
        return db
                .sql("""
                        SELECT monitor.id,
                            (SELECT count(*) FROM scan WHERE scan.monitor_id = monitor.id
                                AND scan.created_at >= :since AND scan.state IN ('done', 'failed')) AS runs,
                            (SELECT count(*) FROM scan WHERE scan.monitor_id = monitor.id
                                AND scan.created_at >= :since AND scan.state = 'done') AS succeeded,
                            (SELECT site FROM scan WHERE scan.monitor_id = monitor.id
                                ORDER BY scan.created_at DESC LIMIT 1) AS site,
                            (SELECT certificate_expires_at FROM scan WHERE scan.id = monitor.last_scan_id) AS expires
                        FROM monitor WHERE monitor.account_id = :account""")
                .param("account", accountId)
                .param("since", clock.instant().minus(Duration.ofDays(DAYS)).toEpochMilli())
                .query((row, number) -> Map.entry(row.getString("id"), status(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private MonitorStatus status(ResultSet row) throws SQLException {
        long expires = row.getLong("expires");
        CertificateEnd end = row.wasNull() ? null : CertificateEnd.of(Instant.ofEpochMilli(expires), clock.instant());
        return new MonitorStatus(row.getInt("runs"), row.getInt("succeeded"), row.getString("site"), end);
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
        static final MonitorStatus NONE = new MonitorStatus(0, 0, null, null);

        /** Returns the share of successful scans in percent, rounded down so that 100 means all; null without scans. */
        public @Nullable Integer percent() {
            return runs == 0 ? null : Integer.valueOf(succeeded * 100 / runs);
        }
    }
}
