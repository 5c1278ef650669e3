package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists all accounts with their number of scans, sorted by e-mail address. */
@Repository
class AccountListRepository {
    private static final int PAGE_SIZE = 50;

    private final JdbcClient db;

    AccountListRepository(JdbcClient db) {
        this.db = db;
    }

    /**
     * Returns one page of accounts.
     *
     * @param search part of an e-mail address, in lower case; empty matches every account
     * @param after the last e-mail address of the previous page; empty for the first page
     * @return at most {@value #PAGE_SIZE} accounts
     */
    AccountListPage page(String search, String after) {
        List<AccountListItem> found = db.sql("SELECT " + AccountRepository.COLUMNS + """
                        , (SELECT count(*) FROM scan WHERE scan.account_id = account.id) AS scans
                        FROM account WHERE email > :after AND email LIKE :pattern ESCAPE '\\'
                        ORDER BY email LIMIT :limit""")
                .param("after", after)
                .param("pattern", "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("limit", PAGE_SIZE + 1)
                .query((row, number) -> AccountListItem.of(AccountRepository.mapRow(row), row.getLong("scans")))
                .list();
        if (found.size() <= PAGE_SIZE) {
            return new AccountListPage(found, null);
        }
        List<AccountListItem> lines = found.subList(0, PAGE_SIZE);
        return new AccountListPage(lines, lines.get(PAGE_SIZE - 1).email());
    }

    /** Returns the row of one account. */
    AccountListItem item(Account account) {
        long scans = db.sql("SELECT count(*) FROM scan WHERE account_id = :id")
                .param("id", account.id())
                .query(Long.class)
                .single();
        return AccountListItem.of(account, scans);
    }

    long count() {
        return db.sql("SELECT count(*) FROM account").query(Long.class).single();
    }

    /**
     * One page of accounts.
     *
     * @param next the {@code after} value of the next page; null if this is the last page
     */
    record AccountListPage(
            List<AccountListItem> accounts, @Nullable String next) {}

    /** A row of the account list. */
    record AccountListItem(
            String id, String email, String plan, boolean admin, boolean disabled, DisplayTime created, long scans) {
        static AccountListItem of(Account account, long scans) {
            return new AccountListItem(
                    account.id(),
                    account.email(),
                    account.plan().wireName(),
                    account.admin(),
                    account.disabled(),
                    DisplayTime.of(account.createdAt()),
                    scans);
        }
    }
}
