package dev.websentry.server.scan;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts the scans of accounts. */
@Repository
public class ScanCountRepository {
    private final JdbcClient db;

    ScanCountRepository(JdbcClient db) {
        this.db = db;
    }

    /** Returns the number of scans by the id of the account. Accounts without scans are missing. */
    public Map<String, Long> countByAccount(Collection<String> accountIds) {
        if (accountIds.isEmpty()) {
            return Map.of();
        }
        return db
                .sql("SELECT account_id, count(*) AS scans FROM scan WHERE account_id IN (:ids) GROUP BY account_id")
                .param("ids", accountIds)
                .query((row, number) -> Map.entry(row.getString("account_id"), row.getLong("scans")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
