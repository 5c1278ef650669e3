package dev.websentry.server.login;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What Spring Session has no word for: all sessions of one account. */
@Repository
public class SessionStore {
    private final JdbcClient db;

    public SessionStore(JdbcClient db) {
        this.db = db;
    }

    public void endAll(String accountId) {
        db.sql("DELETE FROM spring_session WHERE principal_name = :account")
                .param("account", accountId)
                .update();
    }
}
