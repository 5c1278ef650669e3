package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All accounts with their numbers of scans, by e-mail address. */
@Repository
class AccountList {
    private static final int SIZE = 50;

    private final JdbcClient db;

    AccountList(JdbcClient db) {
        this.db = db;
    }

    /**
     * Some of them.
     *
     * @param wanted part of an e-mail address, in lower case; empty: any
     * @param after the address that the part before ended with; empty: from the start
     */
    Part part(String wanted, String after) {
        List<Line> found = db.sql("SELECT " + AccountStore.COLUMNS + """
                        , (SELECT count(*) FROM scan WHERE scan.account_id = account.id)
                        FROM account WHERE email > :after AND email LIKE :pattern ESCAPE '\\'
                        ORDER BY email LIMIT :limit""")
                .param("after", after)
                .param("pattern", "%" + wanted.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("limit", SIZE + 1)
                .query((row, number) -> Line.of(AccountStore.account(row), row.getLong(8)))
                .list();
        if (found.size() <= SIZE) {
            return new Part(found, null);
        }
        List<Line> lines = found.subList(0, SIZE);
        return new Part(lines, lines.get(SIZE - 1).email());
    }

    long count() {
        return db.sql("SELECT count(*) FROM account").query(Long.class).single();
    }

    /** Some accounts, and what the next part comes after; null: this is the last. */
    record Part(List<Line> lines, @Nullable String next) {}

    /** An account in the list. */
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
