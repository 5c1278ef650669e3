package dev.websentry.server.webhook;

import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.token.SecureTokens;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads and writes webhooks in the database, at most one per account. The secret is encrypted and not hashed, because
 * it signs messages. The URL is encrypted, because those of chat services allow everyone who knows them to post.
 */
@Repository
public class WebhookRepository {
    private static final String COLUMNS =
            "webhook.id, webhook.account_id, webhook.url, webhook.format, webhook.secret, webhook.created_at";

    private static final String MARKER = "whsec_";
    private static final int RANDOM_BYTES = 24;

    private final JdbcClient db;
    private final SecretCipher cipher;
    private final Clock clock;

    WebhookRepository(JdbcClient db, SecretCipher cipher, Clock clock) {
        this.db = db;
        this.cipher = cipher;
        this.clock = clock;
    }

    /**
     * Sets the webhook of an account and generates a new secret. Pending messages are sent to the new webhook.
     *
     * @return the secret
     */
    String set(String accountId, URI url, WebhookFormat format) {
        String secret = MARKER + SecureTokens.randomHex(RANDOM_BYTES);
        db.sql("""
                        INSERT INTO webhook (id, account_id, url, format, secret, created_at)
                        VALUES (:id, :account, :url, :format, :secret, :now)
                        ON CONFLICT (account_id) DO UPDATE
                        SET url = excluded.url, format = excluded.format, secret = excluded.secret, created_at = excluded.created_at""")
                .param("id", SecureTokens.newId())
                .param("account", accountId)
                .param("url", cipher.encrypt(url.toString()))
                .param("format", format.wireName())
                .param("secret", cipher.encrypt(secret))
                .param("now", clock.millis())
                .update();
        return secret;
    }

    List<Webhook> findAll() {
        return db.sql("SELECT " + COLUMNS + " FROM webhook ORDER BY id")
                .query((row, number) -> mapRow(row))
                .list();
    }

    /** Replaces the encryption of a webhook that has not changed since it was read. */
    void replaceEncryption(Webhook before, String encryptedUrl, String encryptedSecret) {
        db.sql("UPDATE webhook SET url = :url, secret = :secret WHERE id = :id AND secret = :before")
                .param("url", encryptedUrl)
                .param("secret", encryptedSecret)
                .param("id", before.id())
                .param("before", before.encryptedSecret())
                .update();
    }

    /**
     * Locks a webhook until the current transaction ends. An update without a change takes the lock on both databases.
     *
     * @return false if the webhook was deleted
     */
    boolean lock(String id) {
        return db.sql("UPDATE webhook SET url = url WHERE id = :id")
                        .param("id", id)
                        .update()
                > 0;
    }

    Optional<Webhook> find(String id) {
        return db.sql("SELECT " + COLUMNS + " FROM webhook WHERE id = :id")
                .param("id", id)
                .query((row, number) -> mapRow(row))
                .optional();
    }

    Optional<Webhook> findByAccount(String accountId) {
        return db.sql("SELECT " + COLUMNS + " FROM webhook WHERE account_id = :account")
                .param("account", accountId)
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /**
     * Deletes the webhook of an account with its messages.
     *
     * @return false if the account has no webhook
     */
    boolean delete(String accountId) {
        return db.sql("DELETE FROM webhook WHERE account_id = :account")
                        .param("account", accountId)
                        .update()
                > 0;
    }

    /**
     * Deletes all webhooks, for a command that must work without the key.
     *
     * @return their number
     */
    public static int deleteAll(JdbcClient db) {
        return db.sql("DELETE FROM webhook").update();
    }

    private static Webhook mapRow(ResultSet row) throws SQLException {
        return new Webhook(
                row.getString("id"),
                row.getString("account_id"),
                row.getString("url"),
                WebhookFormat.parse(row.getString("format")),
                row.getString("secret"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
