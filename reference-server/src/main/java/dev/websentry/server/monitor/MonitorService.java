package dev.websentry.server.monitor;

import dev.websentry.engine.config.Target;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.error.ErrorCode;
import dev.websentry.server.scan.MonitorScanRequest;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanService;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Creates, pauses, resumes and deletes monitors, for the API and the dashboard. */
@Service
public class MonitorService {
    private final MonitorRepository store;
    private final MonitorResultRepository records;
    private final ScanService scans;
    private final AccountRepository accounts;

    MonitorService(
            MonitorRepository store, MonitorResultRepository records, ScanService scans, AccountRepository accounts) {
        this.store = store;
        this.records = records;
        this.scans = scans;
        this.accounts = accounts;
    }

    /** Returns the monitors of an account, oldest first. */
    public List<Monitor> findByAccount(Account account) {
        return store.findByAccount(account.id());
    }

    /**
     * Creates a monitor and waits for its first scan. The monitor is kept if the scan fails, unless the address of the
     * site is blocked, because then all later scans would fail, too.
     *
     * @param url full URL with scheme
     * @param frequency daily, weekly or monthly
     * @param emailAlerts whether e-mails are sent about it
     * @throws ApiException 400 if the URL or the frequency is invalid or the address is blocked, 401 if the account was
     *     deleted, 403 if the plan does not allow another monitor
     */
    public Monitor create(Account account, String url, String frequency, boolean emailAlerts) {
        return create(account, new CreateMonitorRequest(url, frequency, emailAlerts ? 1 : 0));
    }

    /** Creates a monitor like the other method of this name. */
    Monitor create(Account account, CreateMonitorRequest request) {
        requirePlan(account.plan());
        Target target = request.parseTarget();
        Monitor monitor = store.create(
                        account.id(), target.input(), request.parseFrequency(), request.wantsEmailAlerts())
                .orElseThrow(() -> limitReached(account, "monitors", "delete one"));
        Scan scan = firstScan(account, monitor);
        scan.failure()
                .filter(failure -> failure.code() == ErrorCode.BLOCKED_ADDRESS)
                .ifPresent(failure -> {
                    store.delete(account.id(), monitor.id());
                    throw ApiException.of(failure.code(), failure.message());
                });
        records.recordResult(monitor, scan.createdAt(), scan);
        // A concurrent request may have deleted the monitor; in this case, return it as it was created.
        return store.find(account.id(), monitor.id()).orElse(monitor);
    }

    private Scan firstScan(Account account, Monitor monitor) {
        try {
            return scans.scan(new MonitorScanRequest(account.id(), monitor.id(), monitor.url(), Optional.empty()));
        } catch (ApiException refused) {
            store.delete(account.id(), monitor.id());
            throw refused;
        }
    }

    /**
     * Pauses an active monitor or resumes a paused one.
     *
     * @return the monitor after the change
     * @throws ApiException 403 if the plan does not allow another active monitor, 404 if the monitor does not exist
     */
    public Monitor toggle(Account account, String id) {
        Monitor monitor = store.find(account.id(), id).orElseThrow(MonitorService::notFound);
        if (monitor.active()) {
            store.pause(account.id(), id);
        } else {
            requirePlan(account.plan());
            if (!store.resume(monitor)) {
                throw limitReached(account, "active monitors", "pause another one");
            }
        }
        return store.find(account.id(), id).orElseThrow(MonitorService::notFound);
    }

    /**
     * Sets whether e-mails are sent about a monitor.
     *
     * @return the monitor after the change
     * @throws ApiException 404 if the monitor does not exist
     */
    public Monitor setEmailAlerts(Account account, String id, boolean enabled) {
        if (!store.setEmailAlerts(account.id(), id, enabled)) {
            throw notFound();
        }
        return store.find(account.id(), id).orElseThrow(MonitorService::notFound);
    }

    /**
     * Deletes a monitor. Its reports are kept.
     *
     * @throws ApiException 404 if the monitor does not exist
     */
    public void delete(Account account, String id) {
        if (!store.delete(account.id(), id)) {
            throw notFound();
        }
    }

    private static void requirePlan(Plan plan) {
        if (plan.maxMonitors() == 0) {
            throw ApiException.forbiddenPlan(
                    "The " + plan.wireName() + " plan does not include monitors; upgrade to pro ("
                            + Plan.PRO.maxMonitors() + " monitors) or agency (" + Plan.AGENCY.maxMonitors() + ")");
        }
    }

    /**
     * Creates the error for the current plan of the account, which may have changed since the request was
     * authenticated.
     */
    private ApiException limitReached(Account account, String what, String remedy) {
        Plan plan = accounts.find(account.id())
                .orElseThrow(ApiException::accountDeleted)
                .plan();
        requirePlan(plan);
        return ApiException.forbiddenPlan("The " + plan.wireName() + " plan allows " + plan.maxMonitors() + " " + what
                + ", and all of them are in use; " + remedy + " or change the plan");
    }

    private static ApiException notFound() {
        return ApiException.notFound("No monitor has this id");
    }
}
