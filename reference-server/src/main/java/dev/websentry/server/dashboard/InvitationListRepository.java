package dev.websentry.server.dashboard;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists the invitations that are neither accepted nor expired, sorted by e-mail address. */
@Repository
class InvitationListRepository {
    private static final int MAX_INVITATIONS = 100;

    private final JdbcClient db;
    private final Clock clock;

    InvitationListRepository(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Returns at most {@value #MAX_INVITATIONS} invitations. */
    List<PendingInvitation> findPending() {
        return db.sql("""
                        SELECT email, details, expires_at FROM email_token
                        WHERE purpose = 'invitation' AND expires_at > :now ORDER BY email LIMIT :max""")
                .param("now", clock.millis())
                .param("max", MAX_INVITATIONS)
                .query((row, number) -> new PendingInvitation(
                        row.getString("email"),
                        row.getString("details"),
                        DisplayTime.of(Instant.ofEpochMilli(row.getLong("expires_at")))))
                .list();
    }

    /** A row of the list. */
    record PendingInvitation(String email, String plan, DisplayTime expires) {}
}
