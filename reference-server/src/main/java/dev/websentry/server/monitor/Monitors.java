package dev.websentry.server.monitor;

import dev.websentry.engine.target.Target;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Plan;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.answer.ErrorCode;
import dev.websentry.server.scan.MonitorScan;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanService;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What an account does with its monitors, for the API and for pages alike. */
@Service
public class Monitors {
    private final MonitorStore store;
    private final MonitorRecords records;
    private final ScanService scans;
    private final AccountStore accounts;

    Monitors(MonitorStore store, MonitorRecords records, ScanService scans, AccountStore accounts) {
        this.store = store;
        this.records = records;
        this.scans = scans;
        this.accounts = accounts;
    }

    public List<Monitor> of(Account account) {
        return store.of(account.id());
    }

    /**
     * Adds a monitor and waits for its first scan. A scan that fails does not undo it, but for an address that must not be
     * scanned, which no later scan would get past either.
     *
     * @throws ApiException 400, 401 or 403
     */
    public Monitor create(Account account, String url, String frequency) {
        requirePlan(account.plan());
        NewMonitor wanted = new NewMonitor(url, frequency);
        Target target = wanted.target();
        Monitor monitor = store.create(account.id(), target.given(), wanted.often())
                .orElseThrow(() -> full(account, "monitors", "delete one"));
        Scan scan = scans.scan(new MonitorScan(account.id(), monitor.id(), monitor.url(), Optional.empty()));
        scan.failure()
                .filter(failure -> failure.code() == ErrorCode.BLOCKED_ADDRESS)
                .ifPresent(failure -> {
                    store.delete(account.id(), monitor.id());
                    throw ApiException.of(failure.code(), failure.message());
                });
        records.note(monitor, scan.createdAt(), scan);
        // Somebody else may have deleted it meanwhile: the answer is what was made.
        return store.find(account.id(), monitor.id()).orElse(monitor);
    }

    /**
     * Pauses a monitor that is active, resumes one that is not.
     *
     * @return the monitor as it is now
     * @throws ApiException 403 or 404
     */
    public Monitor toggle(Account account, String id) {
        Monitor monitor = store.find(account.id(), id).orElseThrow(Monitors::unknown);
        if (monitor.active()) {
            store.pause(account.id(), id);
        } else {
            requirePlan(account.plan());
            if (!store.resume(monitor)) {
                throw full(account, "active monitors", "pause another one");
            }
        }
        return store.find(account.id(), id).orElseThrow(Monitors::unknown);
    }

    /**
     * Removes a monitor. Its reports stay.
     *
     * @throws ApiException 404
     */
    public void delete(Account account, String id) {
        if (!store.delete(account.id(), id)) {
            throw unknown();
        }
    }

    private static void requirePlan(Plan plan) {
        if (plan.monitors() == 0) {
            throw ApiException.forbiddenPlan("The plan " + plan.wire() + " has no monitors; Pro has "
                    + Plan.PRO.monitors() + ", Agency " + Plan.AGENCY.monitors());
        }
    }

    /** By the plan that the account has now: it may have changed since the request came. */
    private ApiException full(Account account, String what, String remedy) {
        Plan plan = accounts.find(account.id())
                .orElseThrow(ApiException::accountGone)
                .plan();
        requirePlan(plan);
        return ApiException.forbiddenPlan("The plan " + plan.wire() + " has " + plan.monitors() + " " + what
                + " and all are in use: " + remedy + ", or change the plan");
    }

    private static ApiException unknown() {
        return ApiException.notFound("There is no such monitor");
    }
}
