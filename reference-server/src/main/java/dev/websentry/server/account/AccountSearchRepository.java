package dev.websentry.server.account;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds accounts by a part of their e-mail address. */
@Repository
public class AccountSearchRepository {
    private final JdbcClient db;

    AccountSearchRepository(JdbcClient db) {
        this.db = db;
    }

    /**
     * Returns accounts, sorted by e-mail address.
     *
     * @param search part of an e-mail address, in lower case; empty matches every account
     * @param after the last e-mail address of the previous page; empty for the first page
     * @param limit maximum number of accounts
     */
    public List<Account> find(String search, String after, int limit) {
        return db.sql("SELECT " + AccountRepository.COLUMNS + " FROM account WHERE email > :after"
                        + " AND email LIKE :pattern ESCAPE '\\' ORDER BY email LIMIT :limit")
                .param("after", after)
                .param("pattern", "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("limit", limit)
                .query((row, number) -> AccountRepository.mapRow(row))
                .list();
    }

    /** Returns the number of all accounts. */
    public long count() {
        return db.sql("SELECT count(*) FROM account").query(Long.class).single();
    }
}
