package dev.websentry.server.auth;

import dev.websentry.server.account.Account;
import dev.websentry.server.auth.AccountView.AccountLimits;
import dev.websentry.server.auth.AccountView.UsageLimit;
import dev.websentry.server.error.ApiTimestamps;
import dev.websentry.server.monitor.MonitorRepository;
import dev.websentry.server.quota.ScanQuota;
import dev.websentry.server.quota.ScanQuotaService;
import org.springframework.stereotype.Component;

/** Creates the representation of an account for its owner, for the API and the dashboard. */
@Component
public class AccountViewFactory {
    private final ScanQuotaService scans;
    private final MonitorRepository monitors;

    AccountViewFactory(ScanQuotaService scans, MonitorRepository monitors) {
        this.scans = scans;
        this.monitors = monitors;
    }

    public AccountView create(Account account) {
        return new AccountView(
                account.email(),
                account.plan().wireName(),
                account.admin(),
                ApiTimestamps.format(account.createdAt()),
                new AccountLimits(scans(account), monitors(account)));
    }

    private UsageLimit scans(Account account) {
        ScanQuota allowance = scans.quotaOf(account).orElse(null);
        if (allowance == null) {
            return new UsageLimit(null, 0, null, null);
        }
        int used = scans.used(allowance);
        return new UsageLimit(
                allowance.limit(),
                used,
                Math.max(0, allowance.limit() - used),
                ApiTimestamps.format(allowance.resetsAt()));
    }

    private UsageLimit monitors(Account account) {
        int used = monitors.count(account.id());
        int limit = account.plan().maxMonitors();
        return new UsageLimit(limit, used, Math.max(0, limit - used), null);
    }
}
