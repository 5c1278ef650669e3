package dev.websentry.server.auth;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deletes all sessions of an account from Spring Session's tables, for which Spring Session has no method. */
@Repository
public class AccountSessionRepository {
    private final JdbcClient db;

    public AccountSessionRepository(JdbcClient db) {
        this.db = db;
    }

    /** Ends all sessions of an account. */
    public void deleteByAccount(String accountId) {
        db.sql("DELETE FROM spring_session WHERE principal_name = :account")
                .param("account", accountId)
                .update();
    }
}
