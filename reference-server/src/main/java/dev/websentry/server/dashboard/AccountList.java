package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists all accounts with their number of scans, sorted by e-mail address. */
@Repository
class AccountList {
    private static final int PAGE_SIZE = 50;

    private final JdbcClient db;

    AccountList(JdbcClient db) {
        this.db = db;
    }

    /**
     * Returns one page of accounts.
     *
     * @param search part of an e-mail address, in lower case; empty matches every account
     * @param after the last e-mail address of the previous page; empty for the first page
     * @return at most {@value #PAGE_SIZE} accounts
     */
    Part part(String search, String after) {
        List<Line> found = db.sql("SELECT " + AccountStore.COLUMNS + """
                        , (SELECT count(*) FROM scan WHERE scan.account_id = account.id)
                        FROM account WHERE email > :after AND email LIKE :pattern ESCAPE '\\'
                        ORDER BY email LIMIT :limit""")
                .param("after", after)
                .param("pattern", "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("limit", PAGE_SIZE + 1)
                .query((row, number) -> Line.of(AccountStore.account(row), row.getLong(8)))
                .list();
        if (found.size() <= PAGE_SIZE) {
            return new Part(found, null);
        }
        List<Line> lines = found.subList(0, PAGE_SIZE);
        return new Part(lines, lines.get(PAGE_SIZE - 1).email());
    }

    long count() {
        return db.sql("SELECT count(*) FROM account").query(Long.class).single();
    }

    /**
     * One page of accounts.
     *
     * @param next the {@code after} value of the next page; null if this is the last page
     */
    record Part(List<Line> lines, @Nullable String next) {}

    /** A row of the account list. */
    record Line(String id, String email, String plan, boolean admin, boolean disabled, When created, long scans) {
        static Line of(Account account, long scans) {
            return new Line(
                    account.id(),
                    account.email(),
                    account.plan().wire(),
                    account.admin(),
                    account.disabled(),
                    When.of(account.createdAt()),
                    scans);
        }
    }
}
