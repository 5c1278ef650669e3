package dev.websentry.server.audit;

import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.server.token.SecureTokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores audit events in the database and writes each of them to the log. All texts are bounded and escaped. */
@Repository
public class JdbcAuditEventRepository implements AuditEventRepository {
    private static final Logger LOG = LoggerFactory.getLogger("dev.websentry.audit");
    private static final int MAX_TEXT_LENGTH = 200;
    private static final int MAX_FOUND = 1000;

    private final JdbcClient db;

    public JdbcAuditEventRepository(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void add(AuditEvent event) {
        Map<String, Object> details = new TreeMap<>(event.getData());
        String type = printable(event.getType());
        String actor = printable(event.getPrincipal());
        String subject = printable(String.valueOf(details.remove(AuditLog.SUBJECT)));
        String address = printable(String.valueOf(details.remove(AuditLog.ADDRESS)));
        String rest = printable(details.entrySet().stream()
                .map(detail -> detail.getKey() + "=" + detail.getValue())
                .collect(Collectors.joining(" ")));
        db.sql("""
                        INSERT INTO audit_event (id, occurred_at, type, actor, subject, address, details)
                        VALUES (:id, :at, :type, :actor, :subject, :address, :details)""")
                .param("id", SecureTokens.newId())
                .param("at", event.getTimestamp().toEpochMilli())
                .param("type", type)
                .param("actor", actor)
                .param("subject", subject)
                .param("address", address)
                .param("details", rest)
                .update();
        LOG.info("{} by {} for {} from {} {}", type, actor, subject, address, rest);
    }

    @Override
    public List<AuditEvent> find(@Nullable String principal, @Nullable Instant after, @Nullable String type) {
        return db.sql("""
                        SELECT occurred_at, type, actor, subject, address, details FROM audit_event
                        WHERE occurred_at > :after AND (:actor = '' OR actor = :actor OR subject = :actor)
                        AND (:type = '' OR type = :type) ORDER BY occurred_at DESC, id LIMIT :most""")
                .param("after", after == null ? 0 : after.toEpochMilli())
                .param("actor", principal == null ? "" : principal)
                .param("type", type == null ? "" : type)
                .param("most", MAX_FOUND)
                .query((row, number) -> new AuditEvent(
                        Instant.ofEpochMilli(row.getLong("occurred_at")),
                        row.getString("actor"),
                        row.getString("type"),
                        Map.of(
                                AuditLog.SUBJECT,
                                row.getString("subject"),
                                AuditLog.ADDRESS,
                                row.getString("address"),
                                "details",
                                row.getString("details"))))
                .list();
    }

    /** Deletes events before a time. Returns their number. */
    public int deleteBefore(Instant time) {
        return db.sql("DELETE FROM audit_event WHERE occurred_at < :time")
                .param("time", time.toEpochMilli())
                .update();
    }

    /** Replaces control characters and everything outside of ASCII, and shortens the text. */
    private static String printable(String text) {
        return Excerpt.of(text.replaceAll("[^\\x20-\\x7e]", "?"), MAX_TEXT_LENGTH);
    }
}
