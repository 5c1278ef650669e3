package dev.websentry.server.monitor;

import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.monitor.Monitor.LastMonitorResult;
import dev.websentry.server.monitor.Monitor.PausedBy;
import dev.websentry.server.token.SecureTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and writes monitors in the database. Enforces the limits of the plan under the lock of the account. */
@Repository
public class MonitorRepository {
    static final String COLUMNS =
            "monitor.id, monitor.account_id, monitor.url, monitor.frequency, monitor.is_active, monitor.paused_by,"
                    + " monitor.email_alerts,"
                    + " monitor.last_grade, monitor.last_scan_id, monitor.last_error, monitor.last_run_at,"
                    + " monitor.next_due_at, monitor.created_at";

    private final JdbcClient db;
    private final AccountRepository accounts;
    private final TransactionTemplate transactions;
    private final Clock clock;

    MonitorRepository(JdbcClient db, AccountRepository accounts, TransactionTemplate transactions, Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Creates a monitor.
     *
     * @return empty if the current plan of the account does not allow another monitor
     * @throws ApiException 401 if the account was deleted
     */
    Optional<Monitor> create(String accountId, String url, Frequency frequency, boolean emailAlerts) {
        String id = SecureTokens.newId();
        boolean created = underLock(accountId, plan -> {
            if (count(accountId) >= plan.maxMonitors()) {
                return false;
            }
            Instant now = clock.instant();
            db.sql("""
                            INSERT INTO monitor (id, account_id, url, frequency, email_alerts, next_due_at, created_at)
                            VALUES (:id, :account, :url, :frequency, :alerts, :due, :now)""")
                    .param("id", id)
                    .param("account", accountId)
                    .param("url", url)
                    .param("frequency", frequency.wireName())
                    .param("alerts", emailAlerts ? 1 : 0)
                    .param("due", frequency.nextTrigger(now).toEpochMilli())
                    .param("now", now.toEpochMilli())
                    .update();
            return true;
        });
        return created ? find(accountId, id) : Optional.empty();
    }

    /** Returns the monitors of an account, oldest first. */
    public List<Monitor> findByAccount(String accountId) {
        return db.sql("SELECT " + COLUMNS + " FROM monitor WHERE account_id = :account ORDER BY created_at, id")
                .param("account", accountId)
                .query((row, number) -> mapRow(row))
                .list();
    }

    public Optional<Monitor> find(String accountId, String id) {
        return db.sql("SELECT " + COLUMNS + " FROM monitor WHERE id = :id AND account_id = :account")
                .param("id", id)
                .param("account", accountId)
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /**
     * Sets whether e-mails are sent about a monitor of an account.
     *
     * @return false if the account has no monitor with this id
     */
    public boolean setEmailAlerts(String accountId, String id, boolean enabled) {
        return db.sql("UPDATE monitor SET email_alerts = :enabled WHERE id = :id AND account_id = :account")
                        .param("enabled", enabled ? 1 : 0)
                        .param("id", id)
                        .param("account", accountId)
                        .update()
                > 0;
    }

    /** Pauses a monitor of an account if it is active. */
    void pause(String accountId, String id) {
        db.sql("""
                        UPDATE monitor SET is_active = 0, paused_by = 'user'
                        WHERE id = :id AND account_id = :account AND is_active = 1""").param("id", id).param("account", accountId).update();
    }

    /**
     * Resumes a paused monitor from its next trigger on. Missed triggers are not made up.
     *
     * @return false if the plan does not allow another active monitor
     * @throws ApiException 401 if the account was deleted
     */
    boolean resume(Monitor monitor) {
        return underLock(monitor.accountId(), plan -> {
            if (count(monitor.accountId(), " AND is_active = 1") >= plan.maxMonitors()) {
                return false;
            }
            db.sql("""
                            UPDATE monitor SET is_active = 1, paused_by = NULL, next_due_at = :due
                            WHERE id = :id AND is_active = 0""")
                    .param("id", monitor.id())
                    .param(
                            "due",
                            monitor.frequency().nextTrigger(clock.instant()).toEpochMilli())
                    .update();
            return true;
        });
    }

    /**
     * Deletes a monitor of an account. Its reports are kept.
     *
     * @return false if the account has no monitor with this id
     */
    public boolean delete(String accountId, String id) {
        return db.sql("DELETE FROM monitor WHERE id = :id AND account_id = :account")
                        .param("id", id)
                        .param("account", accountId)
                        .update()
                > 0;
    }

    private boolean underLock(String accountId, java.util.function.Predicate<Plan> decision) {
        return Boolean.TRUE.equals(transactions.execute(
                status -> decision.test(accounts.lockPlan(accountId).orElseThrow(ApiException::accountDeleted))));
    }

    /** Returns the number of monitors of an account, including paused ones. */
    public int count(String accountId) {
        return count(accountId, "");
    }

    private int count(String accountId, String condition) {
        return db.sql("SELECT count(*) FROM monitor WHERE account_id = :account" + condition)
                .param("account", accountId)
                .query(Integer.class)
                .single();
    }

    /** Reads a monitor from a row with the {@link #COLUMNS}. */
    static Monitor mapRow(ResultSet row) throws SQLException {
        String pausedBy = row.getString("paused_by");
        long runAt = row.getLong("last_run_at");
        Optional<Instant> lastRun = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(runAt));
        return new Monitor(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("url"),
                Frequency.parse(row.getString("frequency")),
                row.getInt("email_alerts") != 0,
                row.getInt("is_active") != 0
                        ? Optional.empty()
                        : Optional.of(
                                pausedBy == null ? PausedBy.USER : PausedBy.valueOf(pausedBy.toUpperCase(Locale.ROOT))),
                new LastMonitorResult(
                        Optional.ofNullable(row.getString("last_grade")),
                        Optional.ofNullable(row.getString("last_scan_id")),
                        Optional.ofNullable(row.getString("last_error")),
                        lastRun),
                Instant.ofEpochMilli(row.getLong("next_due_at")),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
