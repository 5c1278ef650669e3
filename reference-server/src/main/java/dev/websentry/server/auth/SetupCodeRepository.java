package dev.websentry.server.auth;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.token.SecureTokens;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores the digests of the codes that create the owner of the server. Each node has a code of its own, because only
 * the digest of another node's code can be read. All of them end when one is used.
 */
@Repository
class SetupCodeRepository {
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final JdbcClient db;
    private final Clock clock;

    SetupCodeRepository(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Creates a code, and deletes those that have expired. */
    String create() {
        long now = clock.millis();
        db.sql("DELETE FROM setup_code WHERE expires_at <= :now")
                .param("now", now)
                .update();
        String code = SecureTokens.newId();
        db.sql("INSERT INTO setup_code (sha256, expires_at) VALUES (:sha256, :expires)")
                .param("sha256", Sha256.hex(code))
                .param("expires", now + LIFETIME.toMillis())
                .update();
        return code;
    }

    /**
     * Ends all codes. Must run in a transaction.
     *
     * @return false if the given code is unknown, used or expired; the transaction must then be rolled back
     */
    boolean consume(String code) {
        // Locks all codes, so that of two users with different codes the second one waits and then finds none.
        db.sql("UPDATE setup_code SET expires_at = expires_at").update();
        boolean valid = db.sql("SELECT count(*) FROM setup_code WHERE sha256 = :sha256 AND expires_at > :now")
                        .param("sha256", Sha256.hex(code))
                        .param("now", clock.millis())
                        .query(Integer.class)
                        .single()
                > 0;
        db.sql("DELETE FROM setup_code").update();
        return valid;
    }
}
