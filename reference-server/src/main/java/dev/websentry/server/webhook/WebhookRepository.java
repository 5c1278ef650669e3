package dev.websentry.server.webhook;

import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.token.SecureTokens;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads and writes webhooks in the database, at most one per account. The secret is encrypted and not hashed, because
 * it signs messages.
 */
@Repository
class WebhookRepository {
    static final String COLUMNS =
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
                .param("url", url.toString())
                .param("format", format.wireName())
                .param("secret", cipher.encrypt(secret))
                .param("now", clock.millis())
                .update();
        return secret;
    }

    /** Returns all encrypted secrets by the id of their webhook. */
    Map<String, String> findEncryptedSecrets() {
        Map<String, String> secrets = new TreeMap<>();
        db.sql("SELECT id, secret FROM webhook").query(row -> {
            secrets.put(row.getString("id"), row.getString("secret"));
        });
        return secrets;
    }

    /** Replaces the encryption of a secret that has not changed since it was read. */
    void replaceEncryption(String id, String before, String after) {
        db.sql("UPDATE webhook SET secret = :after WHERE id = :id AND secret = :before")
                .param("after", after)
                .param("id", id)
                .param("before", before)
                .update();
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

    /** Reads a webhook from a row with {@link #COLUMNS}. */
    static Webhook mapRow(ResultSet row) throws SQLException {
        return new Webhook(
                row.getString("id"),
                row.getString("account_id"),
                URI.create(row.getString("url")),
                WebhookFormat.parse(row.getString("format")),
                row.getString("secret"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
