package dev.websentry.server.login;

import dev.websentry.server.account.Account;
import dev.websentry.server.answer.Moments;
import dev.websentry.server.login.AccountView.Limit;
import dev.websentry.server.login.AccountView.Limits;
import dev.websentry.server.usage.Allowance;
import dev.websentry.server.usage.ScanLimits;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Creates the representation of an account for its owner, for the API and the dashboard. */
@Component
public class AccountViews {
    private final ScanLimits scans;
    private final JdbcClient db;

    AccountViews(ScanLimits scans, JdbcClient db) {
        this.scans = scans;
        this.db = db;
    }

    public AccountView of(Account account) {
        return new AccountView(
                account.email(),
                account.plan().wire(),
                account.admin(),
                Moments.seconds(account.createdAt()),
                new Limits(scans(account), monitors(account)));
    }

    private Limit scans(Account account) {
        Allowance allowance = scans.of(account).orElse(null);
        if (allowance == null) {
            return new Limit(null, 0, null, null);
        }
        int used = scans.used(allowance);
        return new Limit(
                allowance.limit(), used, Math.max(0, allowance.limit() - used), Moments.seconds(allowance.resetsAt()));
    }

    private Limit monitors(Account account) {
        int used = db.sql("SELECT count(*) FROM monitor WHERE account_id = :account")
                .param("account", account.id())
                .query(Integer.class)
                .single();
        int limit = account.plan().monitors();
        return new Limit(limit, used, Math.max(0, limit - used), null);
    }
}
