package dev.websentry.server.usage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts in the database, by subject and period. One statement counts and checks, so no race gets past a limit. */
@Repository
public class Counters {
    private final JdbcClient db;
    private final MeterRegistry meters;

    public Counters(JdbcClient db, MeterRegistry meters) {
        this.db = db;
        this.meters = meters;
    }

    /**
     * Counts one more if the limit leaves room for it.
     *
     * @param limit at least 1
     * @param expires from when on the count is of no interest
     * @return whether it was counted
     */
    public boolean take(Counted counted, int limit, Instant expires) {
        boolean room = db.sql("""
                                INSERT INTO usage_counter (subject, period, used, expires_at)
                                VALUES (:subject, :period, 1, :expires)
                                ON CONFLICT (subject, period) DO UPDATE SET used = usage_counter.used + 1
                                WHERE usage_counter.used < :limit""")
                        .param("subject", counted.subject())
                        .param("period", counted.period())
                        .param("expires", expires.toEpochMilli())
                        .param("limit", limit)
                        .update()
                > 0;
        if (!room) {
            Counter.builder("websentry.limits.hit")
                    .description("How often a limit refused somebody")
                    .tag("limit", counted.kind())
                    .register(meters)
                    .increment();
        }
        return room;
    }

    /** Takes one back that was counted. */
    public void giveBack(Counted counted) {
        db.sql("""
                        UPDATE usage_counter SET used = used - 1
                        WHERE subject = :subject AND period = :period AND used > 0""")
                .param("subject", counted.subject())
                .param("period", counted.period())
                .update();
    }

    public int used(Counted counted) {
        return db.sql("SELECT used FROM usage_counter WHERE subject = :subject AND period = :period")
                .param("subject", counted.subject())
                .param("period", counted.period())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** Forgets the counts that no longer matter. */
    public int forgetExpired(Instant now) {
        return db.sql("DELETE FROM usage_counter WHERE expires_at <= :now")
                .param("now", now.toEpochMilli())
                .update();
    }

    /** Forgets one count. */
    public void forget(Counted counted) {
        db.sql("DELETE FROM usage_counter WHERE subject = :subject AND period = :period")
                .param("subject", counted.subject())
                .param("period", counted.period())
                .update();
    }

    /**
     * What is counted.
     *
     * @param subject who and what, such as {@code scan-account:ID}
     * @param period when, in any spelling that is another one in the next period
     */
    public record Counted(String subject, String period) {
        /** What is limited, whoever it is, such as {@code scan-account}. */
        String kind() {
            int end = subject.indexOf(':');
            return end < 0 ? subject : subject.substring(0, end);
        }
    }
}
