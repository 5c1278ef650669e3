package dev.websentry.server.dashboard;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads from the history of a site when its certificates expire. */
@Repository
class SiteCertificateRepository {
    private static final int MAX_SCANS = 500;

    private final JdbcClient db;

    SiteCertificateRepository(JdbcClient db) {
        this.db = db;
    }

    /** Returns the end of the certificate by the id of the scan, for the latest scans that have seen one. */
    Map<String, Instant> findEnds(String accountId, String site) {
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
}
