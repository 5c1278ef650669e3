package dev.websentry.server.account;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.token.SecureTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and writes accounts in the database. */
@Repository
public class AccountRepository {
    /** The columns that a query must select, so that {@link #mapRow} can read the account. */
    public static final String COLUMNS =
            "account.id, account.email, account.plan, account.is_admin, account.disabled, account.created_at,"
                    + " account.password_hash";

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final List<PlanChangeListener> planListeners;

    public AccountRepository(
            JdbcClient db, TransactionTemplate transactions, Clock clock, List<PlanChangeListener> planListeners) {
        this.db = db;
        this.transactions = transactions;
        this.clock = clock;
        this.planListeners = List.copyOf(planListeners);
    }

    /**
     * Creates an account.
     *
     * @return empty if an account with this e-mail address or with one that looks like it exists already
     */
    public Optional<Account> create(Email email, String passwordHash, Plan plan) {
        String id = SecureTokens.newId();
        String skeleton = email.skeleton();
        // Two addresses in ASCII may look alike, because both are usual, as are those of user1 and userl.
        int inserted = db.sql("""
                        INSERT INTO account (id, email, email_skeleton, email_ascii, password_hash, plan, created_at)
                        SELECT :id, :email, :skeleton, :ascii, :hash, :plan, :now
                        WHERE NOT EXISTS (SELECT 1 FROM account WHERE email_skeleton = :skeleton
                                          AND (email_ascii = 0 OR :ascii = 0))
                        ON CONFLICT DO NOTHING""")
                .param("id", id)
                .param("email", email.text())
                .param("skeleton", skeleton)
                .param("ascii", email.isAscii() ? 1 : 0)
                .param("hash", passwordHash)
                .param("plan", plan.wireName())
                .param("now", clock.millis())
                .update();
        return inserted == 0 ? Optional.empty() : find(id);
    }

    public Optional<Account> find(String id) {
        return db.sql("SELECT " + COLUMNS + " FROM account WHERE id = :id")
                .param("id", id)
                .query((row, number) -> mapRow(row))
                .optional();
    }

    public Optional<Account> find(Email email) {
        return db.sql("SELECT " + COLUMNS + " FROM account WHERE email = :email")
                .param("email", email.text())
                .query((row, number) -> mapRow(row))
                .optional();
    }

    public Optional<String> passwordHash(String id) {
        return db.sql("SELECT password_hash FROM account WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /**
     * Replaces the password hash. Does not end the account's sessions.
     *
     * @return false if no account has this id
     */
    public boolean setPasswordHash(String id, String hash) {
        return set("password_hash", id, hash);
    }

    /**
     * Sets the plan, and lets the features adapt their data in the same transaction.
     *
     * @return false if no account has this id
     */
    public boolean setPlan(String id, Plan plan) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean found = set("plan", id, plan.wireName());
            planListeners.forEach(listener -> listener.planChanged(id, plan));
            return found;
        }));
    }

    /**
     * Locks the account's row until the current transaction ends and returns its plan. Limits of the plan are enforced
     * under this lock. An update without a change takes the lock on both databases.
     *
     * @return empty if no account has this id
     */
    public Optional<Plan> lockPlan(String id) {
        db.sql("UPDATE account SET plan = plan WHERE id = :id").param("id", id).update();
        return db.sql("SELECT plan FROM account WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .map(Plan::parse);
    }

    /**
     * Makes an account an administrator's, or a normal one again.
     *
     * @return false if no account has this id
     * @throws LastAdministratorException if the account is the last administrator and must stay one
     */
    public boolean setAdmin(String id, boolean admin) {
        return admin ? set("is_admin", id, 1) : unlessLastAdministrator(id, () -> set("is_admin", id, 0));
    }

    /**
     * Disables or enables an account. A disabled account cannot be used with a session, a password or an API key.
     *
     * @return false if no account has this id
     * @throws LastAdministratorException if the account is the last administrator and must not be disabled
     */
    public boolean setDisabled(String id, boolean disabled) {
        return disabled ? unlessLastAdministrator(id, () -> set("disabled", id, 1)) : set("disabled", id, 0);
    }

    /**
     * Deletes an account with its scans, API keys, monitors and webhook.
     *
     * @return false if no account has this id
     * @throws LastAdministratorException if the account is the last administrator
     */
    public boolean delete(String id) {
        return unlessLastAdministrator(
                id,
                () -> db.sql("DELETE FROM account WHERE id = :id")
                                .param("id", id)
                                .update()
                        > 0);
    }

    /** Returns whether an account that is not disabled is an administrator. */
    public boolean hasAdministrator() {
        return countAdministrators("") > 0;
    }

    private boolean unlessLastAdministrator(String id, BooleanSupplier change) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            // Concurrent changes wait, so that two administrators cannot remove each other at the same time.
            db.sql("UPDATE account SET is_admin = is_admin WHERE is_admin = 1").update();
            if (hasAdministrator() && countAdministrators(id) == 0) {
                throw new LastAdministratorException();
            }
            return change.getAsBoolean();
        }));
    }

    private int countAdministrators(String except) {
        return db.sql("SELECT count(*) FROM account WHERE is_admin = 1 AND disabled = 0 AND id <> :id")
                .param("id", except)
                .query(Integer.class)
                .single();
    }

    private boolean set(String column, String id, Object value) {
        return db.sql("UPDATE account SET " + column + " = :value WHERE id = :id")
                        .param("value", value)
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Reads an account from a row with the {@link #COLUMNS}, which come first if others have the same names. */
    public static Account mapRow(ResultSet row) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("email"),
                Plan.parse(row.getString("plan")),
                row.getInt("is_admin") != 0,
                row.getInt("disabled") != 0,
                Instant.ofEpochMilli(row.getLong("created_at")),
                Sha256.hex(row.getString("password_hash")));
    }
}
