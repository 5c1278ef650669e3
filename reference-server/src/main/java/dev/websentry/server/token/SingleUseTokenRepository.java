package dev.websentry.server.token;

import dev.websentry.engine.syntax.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Tokens for links in e-mails. A token is random, expires, and can be used once. The database contains its digest only,
 * so that a copy of the database contains no valid link. A page that a link opens must use {@link #find}, and only the
 * form on it {@link #consume}, because mail scanners open links.
 */
@Repository
public class SingleUseTokenRepository {
    private static final int RANDOM_BYTES = 32;
    private static final String COLUMNS = "purpose, account_id, email, details, is_emailed, expires_at";

    private final JdbcClient db;
    private final Clock clock;

    SingleUseTokenRepository(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * Creates a token. It replaces the one of the same purpose for the same address: after concurrent calls, only the
     * last token is valid.
     *
     * @return the secret for the link: 64 hexadecimal digits, which are not stored
     */
    public String create(SingleUseToken token) {
        String secret = SecureTokens.randomHex(RANDOM_BYTES);
        // One statement, because a concurrent request would not see a token that is not committed yet.
        db.sql("""
                        INSERT INTO email_token
                            (sha256, purpose, account_id, email, details, is_emailed, created_at, expires_at)
                        VALUES (:sha256, :purpose, :account, :email, :details, :emailed, :now, :expires)
                        ON CONFLICT (purpose, email) DO UPDATE
                        SET sha256 = excluded.sha256, account_id = excluded.account_id, details = excluded.details,
                            is_emailed = excluded.is_emailed, created_at = excluded.created_at,
                            expires_at = excluded.expires_at""")
                .param("sha256", Sha256.hex(secret))
                .param("purpose", token.purpose().wireName())
                .param("account", token.accountId().orElse(null))
                .param("email", token.email())
                .param("details", token.details())
                .param("emailed", token.isEmailed() ? 1 : 0)
                .param("now", clock.millis())
                .param("expires", token.expiresAt().toEpochMilli())
                .update();
        return secret;
    }

    /** Finds a valid token without using it up. */
    public Optional<SingleUseToken> find(TokenPurpose purpose, String secret) {
        return db.sql("SELECT " + COLUMNS + " FROM email_token"
                        + " WHERE sha256 = :sha256 AND purpose = :purpose AND expires_at > :now")
                .param("sha256", Sha256.hex(secret))
                .param("purpose", purpose.wireName())
                .param("now", clock.millis())
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /**
     * Returns the valid tokens of a purpose, sorted by e-mail address.
     *
     * @param limit maximum number of tokens
     */
    public List<SingleUseToken> findValid(TokenPurpose purpose, int limit) {
        return db.sql("SELECT " + COLUMNS + " FROM email_token"
                        + " WHERE purpose = :purpose AND expires_at > :now ORDER BY email LIMIT :limit")
                .param("purpose", purpose.wireName())
                .param("now", clock.millis())
                .param("limit", limit)
                .query((row, number) -> mapRow(row))
                .list();
    }

    /** Uses up a valid token. Of concurrent calls, one gets it. */
    public Optional<SingleUseToken> consume(TokenPurpose purpose, String secret) {
        return db.sql("DELETE FROM email_token WHERE sha256 = :sha256 AND purpose = :purpose AND expires_at > :now"
                        + " RETURNING " + COLUMNS)
                .param("sha256", Sha256.hex(secret))
                .param("purpose", purpose.wireName())
                .param("now", clock.millis())
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /**
     * Invalidates the token of a purpose for an address.
     *
     * @return the number of tokens, 0 or 1
     */
    public int revoke(TokenPurpose purpose, String email) {
        return db.sql("DELETE FROM email_token WHERE purpose = :purpose AND email = :email")
                .param("purpose", purpose.wireName())
                .param("email", email)
                .update();
    }

    @Scheduled(initialDelay = 9, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void deleteExpired() {
        db.sql("DELETE FROM email_token WHERE expires_at <= :now")
                .param("now", clock.millis())
                .update();
    }

    private static SingleUseToken mapRow(ResultSet row) throws SQLException {
        return new SingleUseToken(
                TokenPurpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("account_id")),
                row.getString("email"),
                row.getString("details"),
                row.getInt("is_emailed") != 0,
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
