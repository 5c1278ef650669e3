package dev.websentry.server.webhook;

import dev.websentry.server.token.SecureTokens;
import dev.websentry.server.webhook.WebhookDelivery.DeliveryAttempt;
import dev.websentry.server.webhook.WebhookDelivery.DeliveryState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes webhook messages and the state of their delivery in the database. */
@Repository
class WebhookDeliveryRepository {
    private static final String COLUMNS = "webhook_delivery.id, webhook_delivery.payload, webhook_delivery.state,"
            + " webhook_delivery.attempts, webhook_delivery.next_attempt_at, webhook_delivery.last_status,"
            + " webhook_delivery.last_error, webhook_delivery.created_at, webhook_delivery.delivered_at";

    /**
     * Longer than any attempt. If a node dies during an attempt, the attempt is repeated after this time.
     */
    private static final Duration CLAIM_DURATION = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final Clock clock;

    WebhookDeliveryRepository(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Returns the time of the next attempt of the pending messages of a webhook. */
    Optional<Instant> findNextAttempt(String webhookId) {
        return db.sql("SELECT next_attempt_at FROM webhook_delivery WHERE webhook_id = :webhook AND state = 'pending'"
                        + " AND next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 1")
                .param("webhook", webhookId)
                .query((row, number) -> Instant.ofEpochMilli(row.getLong("next_attempt_at")))
                .optional();
    }

    /** Adds a message that is due immediately. */
    void add(String webhookId, String scanId, String payload) {
        long now = clock.millis();
        db.sql("""
                        INSERT INTO webhook_delivery
                            (id, webhook_id, scan_id, payload, state, attempts, next_attempt_at, created_at)
                        VALUES (:id, :webhook, :scan, :payload, 'pending', 0, :now, :now)""")
                .param("id", SecureTokens.newId())
                .param("webhook", webhookId)
                .param("scan", scanId)
                .param("payload", payload)
                .param("now", now)
                .update();
    }

    /**
     * Adds a message whose only attempt has already been made. One statement does so, so that a crash leaves no message
     * that seems to be pending.
     */
    WebhookDelivery addCompleted(String id, String webhookId, String payload, DeliveryAttempt attempt) {
        long now = clock.millis();
        return db.sql("""
                        INSERT INTO webhook_delivery
                            (id, webhook_id, payload, state, attempts, last_status, last_error, created_at, delivered_at)
                        VALUES (:id, :webhook, :payload, :state, 1, :status, :error, :now, :delivered)
                        RETURNING %s""".formatted(COLUMNS))
                .param("id", id)
                .param("webhook", webhookId)
                .param("payload", payload)
                .param("state", (attempt.succeeded() ? DeliveryState.DELIVERED : DeliveryState.FAILED).wireName())
                .param("status", attempt.status().orElse(null))
                .param("error", attempt.error().orElse(null))
                .param("now", now)
                .param("delivered", attempt.succeeded() ? now : null)
                .query((row, number) -> mapRow(row))
                .single();
    }

    /** Finds the message of a webhook whose attempt has been due for the longest time. */
    Optional<WebhookDelivery> findDue(String webhookId) {
        return db.sql("SELECT " + COLUMNS + " FROM webhook_delivery"
                        + " WHERE webhook_id = :webhook AND state = 'pending' AND next_attempt_at <= :now"
                        + " ORDER BY next_attempt_at LIMIT 1")
                .param("webhook", webhookId)
                .param("now", clock.millis())
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /**
     * Claims a due message for an attempt.
     *
     * @return false if another node has claimed it
     */
    boolean claim(WebhookDelivery delivery) {
        return db.sql("""
                                UPDATE webhook_delivery SET attempts = attempts + 1, next_attempt_at = :until
                                WHERE id = :id AND state = 'pending' AND attempts = :attempts""")
                        .param("until", clock.instant().plus(CLAIM_DURATION).toEpochMilli())
                        .param("id", delivery.id())
                        .param("attempts", delivery.attempts())
                        .update()
                > 0;
    }

    /**
     * Records the result of an attempt after {@link #claim}. Has no effect if another node has claimed the message
     * since.
     */
    void recordAttempt(WebhookDelivery claimed, DeliveryAttempt attempt) {
        int attempts = claimed.attempts() + 1;
        if (attempt.succeeded()) {
            finish(claimed.id(), attempts, attempt, DeliveryState.DELIVERED, Optional.empty());
            return;
        }
        Optional<Instant> next = RetrySchedule.delayAfter(attempts).map(clock.instant()::plus);
        finish(claimed.id(), attempts, attempt, next.isPresent() ? DeliveryState.PENDING : DeliveryState.FAILED, next);
    }

    private void finish(String id, int attempts, DeliveryAttempt attempt, DeliveryState state, Optional<Instant> next) {
        db.sql("""
                        UPDATE webhook_delivery SET state = :state, next_attempt_at = :next,
                            last_status = :status, last_error = :error, delivered_at = :delivered
                        WHERE id = :id AND attempts = :attempts""")
                .param("state", state.wireName())
                .param("next", next.map(Instant::toEpochMilli).orElse(null))
                .param("status", attempt.status().orElse(null))
                .param("error", attempt.error().orElse(null))
                .param("delivered", attempt.succeeded() ? clock.millis() : null)
                .param("id", id)
                .param("attempts", attempts)
                .update();
    }

    Optional<WebhookDelivery> find(String id) {
        return db.sql("SELECT " + COLUMNS + " FROM webhook_delivery WHERE id = :id")
                .param("id", id)
                .query((row, number) -> mapRow(row))
                .optional();
    }

    /**
     * Returns the latest messages of a webhook, newest first.
     *
     * @param most maximum number of messages
     */
    List<WebhookDelivery> findLatest(String webhookId, int most) {
        return db.sql("SELECT " + COLUMNS + " FROM webhook_delivery WHERE webhook_id = :webhook"
                        + " ORDER BY created_at DESC, id LIMIT :most")
                .param("webhook", webhookId)
                .param("most", most)
                .query((row, number) -> mapRow(row))
                .list();
    }

    /** Deletes messages that are not pending and were created before a time. Returns their number. */
    int deleteCompleted(Instant before) {
        return db.sql("DELETE FROM webhook_delivery WHERE state <> 'pending' AND created_at < :before")
                .param("before", before.toEpochMilli())
                .update();
    }

    private static WebhookDelivery mapRow(ResultSet row) throws SQLException {
        int status = row.getInt("last_status");
        Optional<Integer> lastStatus = row.wasNull() ? Optional.empty() : Optional.of(status);
        return new WebhookDelivery(
                row.getString("id"),
                row.getString("payload"),
                DeliveryState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                instant(row, "next_attempt_at"),
                new DeliveryAttempt(lastStatus, Optional.ofNullable(row.getString("last_error"))),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "delivered_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
