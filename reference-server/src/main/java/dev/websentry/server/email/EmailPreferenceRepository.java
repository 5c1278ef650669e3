package dev.websentry.server.email;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes which e-mails accounts receive. An address counts only while it is that of its account. */
@Repository
public class EmailPreferenceRepository {
    private static final String FROM_ENABLED = " FROM email_preference JOIN account ON account.id = account_id"
            + " WHERE account.email = verified_email AND account.disabled = 0";

    private final JdbcClient db;
    private final Clock clock;

    EmailPreferenceRepository(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Returns the preferences of an account; empty if its address is not verified or the account is disabled. */
    public Optional<EmailPreference> find(String accountId) {
        return db.sql("SELECT verified_email, alerts, summary" + FROM_ENABLED + " AND account_id = :account")
                .param("account", accountId)
                .query((row, number) -> new EmailPreference(
                        row.getString("verified_email"), row.getInt("alerts") != 0, row.getInt("summary") != 0))
                .optional();
    }

    /**
     * Records that the owner of an account receives e-mail at an address. Must be called only after a link that was
     * sent to the address was used.
     *
     * @return false if this address was verified already
     */
    public boolean markVerified(String accountId, String email) {
        return db.sql("""
                                INSERT INTO email_preference (account_id, verified_email, summary_sent_until)
                                VALUES (:account, :email, :now)
                                ON CONFLICT (account_id) DO UPDATE
                                SET verified_email = excluded.verified_email,
                                    summary_sent_until = excluded.summary_sent_until
                                WHERE email_preference.verified_email <> excluded.verified_email""")
                        .param("account", accountId)
                        .param("email", email)
                        .param("now", clock.millis())
                        .update()
                > 0;
    }

    /**
     * Changes the preferences of an account. After a summary was enabled, the next one is that of the next Monday.
     *
     * @return false if its address is not verified
     */
    public boolean set(String accountId, boolean alerts, boolean summary) {
        return db.sql("""
                                UPDATE email_preference SET alerts = :alerts, summary = :summary,
                                    summary_sent_until = CASE WHEN summary = 0 AND :summary = 1 THEN :now
                                                         ELSE summary_sent_until END
                                WHERE account_id = :account""")
                        .param("now", clock.millis())
                        .param("alerts", alerts ? 1 : 0)
                        .param("summary", summary ? 1 : 0)
                        .param("account", accountId)
                        .update()
                > 0;
    }

    /** Ends the alerts of an account. */
    public void disableAlerts(String accountId) {
        disable(accountId, "alerts");
    }

    /** Ends the weekly summaries of an account. */
    public void disableSummary(String accountId) {
        disable(accountId, "summary");
    }

    private void disable(String accountId, String column) {
        db.sql("UPDATE email_preference SET " + column + " = 0 WHERE account_id = :account")
                .param("account", accountId)
                .update();
    }

    /**
     * Returns accounts that have not received the summary of a time yet, in the order of their ids.
     *
     * @param afterId the last account of the previous page; empty for the first one
     */
    public List<String> findWithoutSummary(Instant until, String afterId, int limit) {
        return db.sql("SELECT account_id" + FROM_ENABLED + " AND summary = 1 AND summary_sent_until < :until"
                        + " AND account_id > :after ORDER BY account_id LIMIT :limit")
                .param("until", until.toEpochMilli())
                .param("after", afterId)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /**
     * Records that an account receives the summary of a time. Must be called in the transaction that queues the e-mail.
     *
     * @return false if it was recorded already
     */
    public boolean markSummarySent(String accountId, Instant until) {
        return db.sql("UPDATE email_preference SET summary_sent_until = :until"
                                + " WHERE account_id = :account AND summary_sent_until < :until")
                        .param("until", until.toEpochMilli())
                        .param("account", accountId)
                        .update()
                > 0;
    }
}
