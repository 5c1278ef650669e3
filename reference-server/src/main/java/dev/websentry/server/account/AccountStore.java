package dev.websentry.server.account;

import dev.websentry.server.token.Tokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts in the database. */
@Repository
public class AccountStore {
    /** For every query that reads an account: {@link #account} understands these columns. */
    public static final String COLUMNS =
            "account.id, account.email, account.plan, account.is_admin, account.disabled, account.created_at,"
                    + " account.password_hash";

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final Clock clock;

    public AccountStore(JdbcClient db, TransactionTemplate transactions, Clock clock) {
        this.db = db;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Makes an account on the free plan; empty when the address has one. */
    public Optional<Account> create(Email email, String passwordHash) {
        String id = Tokens.id();
        int made = db.sql("""
                        INSERT INTO account (id, email, password_hash, plan, created_at)
                        VALUES (:id, :email, :hash, :plan, :now) ON CONFLICT (email) DO NOTHING""")
                .param("id", id)
                .param("email", email.text())
                .param("hash", passwordHash)
                .param("plan", Plan.FREE.wire())
                .param("now", clock.millis())
                .update();
        return made == 0 ? Optional.empty() : find(id);
    }

    public Optional<Account> find(String id) {
        return db.sql("SELECT " + COLUMNS + " FROM account WHERE id = :id")
                .param("id", id)
                .query((row, number) -> account(row))
                .optional();
    }

    public Optional<Account> find(Email email) {
        return db.sql("SELECT " + COLUMNS + " FROM account WHERE email = :email")
                .param("email", email.text())
                .query((row, number) -> account(row))
                .optional();
    }

    public Optional<String> passwordHash(String id) {
        return db.sql("SELECT password_hash FROM account WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** Whether there was such an account; so below. */
    public boolean setPasswordHash(String id, String hash) {
        return set("password_hash", id, hash);
    }

    /** Also pauses the newest of its active monitors that the plan has no room for, here so that no caller forgets it. */
    public boolean setPlan(String id, Plan plan) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean known = set("plan", id, plan.wire());
            db.sql("""
                            UPDATE monitor SET is_active = 0, paused_by = 'plan'
                            WHERE account_id = :id AND is_active = 1 AND id NOT IN (
                                SELECT id FROM monitor WHERE account_id = :id AND is_active = 1
                                ORDER BY created_at, id LIMIT :room)""").param("id", id).param("room", plan.monitors()).update();
            return known;
        }));
    }

    /**
     * The account's plan, which stays as it is until the transaction ends, as does everything else that is decided under
     * this lock. An update that changes nothing locks alike on both databases.
     */
    public Optional<Plan> lock(String id) {
        db.sql("UPDATE account SET plan = plan WHERE id = :id").param("id", id).update();
        return db.sql("SELECT plan FROM account WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .map(Plan::parse);
    }

    public boolean setAdmin(String id, boolean admin) {
        return set("is_admin", id, admin ? 1 : 0);
    }

    public boolean setDisabled(String id, boolean disabled) {
        return set("disabled", id, disabled ? 1 : 0);
    }

    /** Its scans, keys, monitors and webhooks go with it. */
    public boolean delete(String id) {
        return db.sql("DELETE FROM account WHERE id = :id").param("id", id).update() > 0;
    }

    private boolean set(String column, String id, Object value) {
        return db.sql("UPDATE account SET " + column + " = :value WHERE id = :id")
                        .param("value", value)
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Reads {@link #COLUMNS}. */
    public static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString(1),
                row.getString(2),
                Plan.parse(row.getString(3)),
                row.getInt(4) != 0,
                row.getInt(5) != 0,
                Instant.ofEpochMilli(row.getLong(6)),
                Tokens.sha256(row.getString(7)));
    }
}
