package dev.websentry.server.key;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.token.SecureTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads and writes API keys in the database. A key is {@code ss_} and 48 hexadecimal digits. The first 12 digits
 * identify the row; the SHA-256 digest of the key authenticates it. A random secret of 192 bits does not need a slow
 * hash.
 */
@Repository
public class ApiKeyRepository {
    private static final String MARKER = "ss_";
    private static final int RANDOM_BYTES = 24;
    private static final int PREFIX_LENGTH = MARKER.length() + 12;
    private static final Pattern FORMAT = Pattern.compile("ss_[0-9a-f]{48}");

    /** Precision of the time of last use. Updating it on every request would turn every read into a write. */
    private static final Duration LAST_USE_PRECISION = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final Clock clock;

    public ApiKeyRepository(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * Creates a key.
     *
     * @return the key with its secret, which cannot be read again
     */
    public CreatedApiKey create(String accountId, String name) {
        String secret = MARKER + SecureTokens.randomHex(RANDOM_BYTES);
        Instant now = Instant.ofEpochMilli(clock.millis());
        ApiKey key = new ApiKey(
                SecureTokens.newId(),
                name,
                secret.substring(0, PREFIX_LENGTH),
                now,
                Optional.empty(),
                Optional.empty());
        db.sql("""
                        INSERT INTO api_key (id, account_id, name, prefix, sha256, created_at)
                        VALUES (:id, :account, :name, :prefix, :sha256, :now)""")
                .param("id", key.id())
                .param("account", accountId)
                .param("name", name)
                .param("prefix", key.prefix())
                .param("sha256", Sha256.hex(secret))
                .param("now", now.toEpochMilli())
                .update();
        return new CreatedApiKey(key, secret);
    }

    /** Returns all keys of an account, including revoked ones, newest first. */
    public List<ApiKey> findByAccount(String accountId) {
        return db.sql("""
                        SELECT id, name, prefix, created_at, last_used_at, revoked_at FROM api_key
                        WHERE account_id = :account ORDER BY created_at DESC, id""")
                .param("account", accountId)
                .query((row, number) -> new ApiKey(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("prefix"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Optional.ofNullable(instant(row, "last_used_at")),
                        Optional.ofNullable(instant(row, "revoked_at"))))
                .list();
    }

    /**
     * Revokes a key of an account.
     *
     * @return false if the account has no valid key with this id
     */
    public boolean revoke(String accountId, String id) {
        return db.sql("""
                                UPDATE api_key SET revoked_at = :now
                                WHERE id = :id AND account_id = :account AND revoked_at IS NULL""")
                        .param("now", clock.millis())
                        .param("id", id)
                        .param("account", accountId)
                        .update()
                > 0;
    }

    /**
     * Authenticates a key and records its use.
     *
     * @param presented the text that the caller sent
     * @return empty if the text is not a valid API key
     */
    public Optional<AuthenticatedApiKey> authenticate(String presented) {
        if (!FORMAT.matcher(presented).matches()) {
            return Optional.empty();
        }
        Optional<StoredApiKey> found = db.sql("SELECT " + AccountRepository.COLUMNS
                        + ", api_key.id AS key_id, api_key.sha256, api_key.last_used_at FROM api_key"
                        + " JOIN account ON account.id = api_key.account_id"
                        + " WHERE api_key.prefix = :prefix AND api_key.revoked_at IS NULL")
                .param("prefix", presented.substring(0, PREFIX_LENGTH))
                .query((row, number) -> new StoredApiKey(
                        AccountRepository.mapRow(row),
                        row.getString("key_id"),
                        row.getString("sha256"),
                        instant(row, "last_used_at")))
                .optional()
                .filter(key -> SecureTokens.constantTimeEquals(key.sha256(), Sha256.hex(presented)));
        found.ifPresent(this::recordUse);
        return found.map(key -> new AuthenticatedApiKey(key.owner(), key.id()));
    }

    private void recordUse(StoredApiKey key) {
        Instant now = clock.instant();
        Instant before = now.minus(LAST_USE_PRECISION);
        if (key.lastUsedAt() == null || key.lastUsedAt().isBefore(before)) {
            db.sql("""
                            UPDATE api_key SET last_used_at = :now
                            WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :before)""")
                    .param("now", now.toEpochMilli())
                    .param("id", key.id())
                    .param("before", before.toEpochMilli())
                    .update();
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** The owner and the id of a valid key. */
    public record AuthenticatedApiKey(Account owner, String keyId) {}

    private record StoredApiKey(
            Account owner,
            String id,
            String sha256,
            @Nullable Instant lastUsedAt) {}
}
