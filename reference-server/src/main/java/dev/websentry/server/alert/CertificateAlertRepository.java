package dev.websentry.server.alert;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Records which alerts about certificates were sent, so that none is sent twice. */
@Repository
class CertificateAlertRepository {
    private final JdbcClient db;

    CertificateAlertRepository(JdbcClient db) {
        this.db = db;
    }

    /**
     * Records alerts about a certificate of a monitor.
     *
     * @param expiresAt end of the certificate, which identifies it
     * @param thresholds in days, the most urgent one first; a more urgent alert makes the others superfluous
     * @return whether the most urgent one was not recorded before
     */
    boolean record(AlertChannel channel, String monitorId, Instant expiresAt, List<Integer> thresholds) {
        boolean fresh = insert(channel, monitorId, expiresAt, thresholds.get(0));
        if (fresh) {
            thresholds.stream().skip(1).forEach(days -> insert(channel, monitorId, expiresAt, days));
        }
        return fresh;
    }

    private boolean insert(AlertChannel channel, String monitorId, Instant expiresAt, int days) {
        return db.sql("""
                                INSERT INTO certificate_alert (monitor_id, channel, expires_at, threshold_days)
                                VALUES (:monitor, :channel, :expires, :days) ON CONFLICT DO NOTHING""")
                        .param("monitor", monitorId)
                        .param("channel", channel.wireName())
                        .param("expires", expiresAt.toEpochMilli())
                        .param("days", days)
                        .update()
                > 0;
    }
}
