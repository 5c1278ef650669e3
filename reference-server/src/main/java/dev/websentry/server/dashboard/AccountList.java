package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountSearchRepository;
import dev.websentry.server.scan.ScanCountRepository;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists all accounts with their number of scans, sorted by e-mail address. */
@Component
class AccountList {
    private static final int PAGE_SIZE = 50;

    private final AccountSearchRepository accounts;
    private final ScanCountRepository scans;

    AccountList(AccountSearchRepository accounts, ScanCountRepository scans) {
        this.accounts = accounts;
        this.scans = scans;
    }

    /**
     * Returns one page of accounts.
     *
     * @param search part of an e-mail address, in lower case; empty matches every account
     * @param after the last e-mail address of the previous page; empty for the first page
     * @return at most {@value #PAGE_SIZE} accounts
     */
    AccountListPage page(String search, String after) {
        List<Account> found = accounts.find(search, after, PAGE_SIZE + 1);
        if (found.size() <= PAGE_SIZE) {
            return new AccountListPage(items(found), null);
        }
        List<Account> shown = found.subList(0, PAGE_SIZE);
        return new AccountListPage(items(shown), shown.get(PAGE_SIZE - 1).email());
    }

    /** Returns the row of one account. */
    AccountListItem item(Account account) {
        return items(List.of(account)).get(0);
    }

    private List<AccountListItem> items(List<Account> shown) {
        Map<String, Long> counts =
                scans.countByAccount(shown.stream().map(Account::id).toList());
        return shown.stream()
                .map(account -> AccountListItem.of(account, counts.getOrDefault(account.id(), 0L)))
                .toList();
    }

    long count() {
        return accounts.count();
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
