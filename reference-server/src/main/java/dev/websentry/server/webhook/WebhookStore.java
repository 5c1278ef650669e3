package dev.websentry.server.webhook;

import dev.websentry.server.token.Tokens;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Webhooks in the database, one an account. The secret lies there as it is: without it nothing can be signed. */
@Repository
class WebhookStore {
    private static final String MARK = "whsec_";
    private static final int RANDOM_BYTES = 24;

    private final JdbcClient db;
    private final Clock clock;

    WebhookStore(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Sets the account's webhook, with a new secret. Messages that wait go to the new one. */
    Webhook set(String accountId, URI url) {
        db.sql("""
                        INSERT INTO webhook (id, account_id, url, secret, created_at)
                        VALUES (:id, :account, :url, :secret, :now)
                        ON CONFLICT (account_id) DO UPDATE
                        SET url = excluded.url, secret = excluded.secret, created_at = excluded.created_at""")
                .param("id", Tokens.id())
                .param("account", accountId)
                .param("url", url.toString())
                .param("secret", MARK + Tokens.hex(RANDOM_BYTES))
                .param("now", clock.millis())
                .update();
        return of(accountId).orElseThrow();
    }

    Optional<Webhook> of(String accountId) {
        return db.sql("SELECT id, account_id, url, secret, created_at FROM webhook WHERE account_id = :account")
                .param("account", accountId)
                .query((row, number) -> webhook(row, 1))
                .optional();
    }

    boolean delete(String accountId) {
        return db.sql("DELETE FROM webhook WHERE account_id = :account")
                        .param("account", accountId)
                        .update()
                > 0;
    }

    /** Reads id, account, URL, secret and creation from this column on. */
    static Webhook webhook(ResultSet row, int first) throws SQLException {
        return new Webhook(
                row.getString(first),
                row.getString(first + 1),
                URI.create(row.getString(first + 2)),
                row.getString(first + 3),
                Instant.ofEpochMilli(row.getLong(first + 4)));
    }
}
