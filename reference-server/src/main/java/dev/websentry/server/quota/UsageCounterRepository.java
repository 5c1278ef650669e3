package dev.websentry.server.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Usage counters in the database, by subject and period. One statement checks the limit and increments the counter, so
 * that concurrent requests cannot exceed the limit.
 */
@Repository
public class UsageCounterRepository {
    private final JdbcClient db;
    private final MeterRegistry meters;

    public UsageCounterRepository(JdbcClient db, MeterRegistry meters) {
        this.db = db;
        this.meters = meters;
    }

    /**
     * Increments a counter unless it has reached the limit.
     *
     * @param limit at least 1
     * @param expires time after which the counter can be deleted
     * @return false if the limit is reached
     */
    public boolean tryIncrement(UsageCounterKey counted, int limit, Instant expires) {
        boolean incremented = db.sql("""
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
        if (!incremented) {
            Counter.builder("websentry.limits.hit")
                    .description("Number of requests that a limit has rejected")
                    .tag("limit", counted.limitName())
                    .register(meters)
                    .increment();
        }
        return incremented;
    }

    /** Decrements a counter that {@link #tryIncrement} has incremented. */
    public void decrement(UsageCounterKey counted) {
        db.sql("""
                        UPDATE usage_counter SET used = used - 1
                        WHERE subject = :subject AND period = :period AND used > 0""")
                .param("subject", counted.subject())
                .param("period", counted.period())
                .update();
    }

    /** Returns the value of a counter; 0 if it does not exist. */
    public int used(UsageCounterKey counted) {
        return db.sql("SELECT used FROM usage_counter WHERE subject = :subject AND period = :period")
                .param("subject", counted.subject())
                .param("period", counted.period())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /**
     * Deletes counters whose period is over.
     *
     * @return the number of deleted counters
     */
    public int deleteExpired(Instant now) {
        return db.sql("DELETE FROM usage_counter WHERE expires_at <= :now")
                .param("now", now.toEpochMilli())
                .update();
    }

    /** Deletes a counter. */
    public void delete(UsageCounterKey counted) {
        db.sql("DELETE FROM usage_counter WHERE subject = :subject AND period = :period")
                .param("subject", counted.subject())
                .param("period", counted.period())
                .update();
    }

    /**
     * Identifies a counter.
     *
     * @param subject the limit and the caller, such as {@code scan-account:ID}
     * @param period any text that identifies the current period and differs in the next one
     */
    public record UsageCounterKey(String subject, String period) {
        /** Returns the name of the limit without the caller, such as {@code scan-account}. */
        String limitName() {
            int end = subject.indexOf(':');
            return end < 0 ? subject : subject.substring(0, end);
        }
    }
}
