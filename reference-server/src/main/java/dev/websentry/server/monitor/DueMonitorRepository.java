package dev.websentry.server.monitor;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Claims due monitors and creates a run for each. The next trigger of a monitor is advanced in the transaction that
 * creates the run, so that each trigger creates exactly one run on any number of nodes. Monitors are claimed in
 * batches, so that no transaction holds its locks for long.
 */
@Repository
class DueMonitorRepository {
    private static final int BATCH_SIZE = 200;

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final Clock clock;

    DueMonitorRepository(JdbcClient db, TransactionTemplate transactions, Clock clock) {
        this.db = db;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Claims all due monitors. If a monitor missed several triggers, only the last one creates a run.
     *
     * @param claimed receives each run, within the transaction
     */
    void claimAll(Consumer<MonitorRun> claimed) {
        while (claimBatch(claimed) == BATCH_SIZE) {
            // A full batch: there may be more.
        }
    }

    private int claimBatch(Consumer<MonitorRun> claimed) {
        Instant now = clock.instant();
        List<Monitor> due = db.sql("SELECT " + MonitorRepository.COLUMNS + " FROM monitor"
                        + " WHERE is_active = 1 AND next_due_at <= :now ORDER BY next_due_at LIMIT :batch")
                .param("now", now.toEpochMilli())
                .param("batch", BATCH_SIZE)
                .query((row, number) -> MonitorRepository.mapRow(row))
                .list();
        if (!due.isEmpty()) {
            transactions.executeWithoutResult(status -> due.forEach(monitor -> claim(monitor, now, claimed)));
        }
        return due.size();
    }

    private void claim(Monitor monitor, Instant now, Consumer<MonitorRun> claimed) {
        int updated = db.sql("""
                        UPDATE monitor SET next_due_at = :next
                        WHERE id = :id AND is_active = 1 AND next_due_at = :expected""")
                .param("next", monitor.frequency().nextTrigger(now).toEpochMilli())
                .param("id", monitor.id())
                .param("expected", monitor.nextDueAt().toEpochMilli())
                .update();
        if (updated == 1) {
            claimed.accept(new MonitorRun(monitor.id(), monitor.frequency().previousOrSameTrigger(now)));
        }
    }

    /**
     * Finds the monitor of a run that is still to be executed.
     *
     * @return empty if the monitor was deleted or paused, its account was disabled, or a later trigger is due
     */
    Optional<Monitor> findRunnable(MonitorRun run) {
        return db.sql("SELECT " + MonitorRepository.COLUMNS
                        + " FROM monitor JOIN account ON account.id = monitor.account_id"
                        + " WHERE monitor.id = :id AND monitor.is_active = 1 AND account.disabled = 0")
                .param("id", run.monitorId())
                .query((row, number) -> MonitorRepository.mapRow(row))
                .optional()
                .filter(monitor -> !monitor.frequency()
                        .previousOrSameTrigger(clock.instant())
                        .isAfter(run.due()));
    }

    /**
     * One scheduled scan of a monitor.
     *
     * @param due time of the trigger
     */
    record MonitorRun(String monitorId, Instant due) {
        private static final String SEPARATOR = "@";

        /** Returns the id of the scheduler's task instance, which contains both components. */
        String taskInstanceId() {
            return monitorId + SEPARATOR + due.toEpochMilli();
        }

        /** Parses an id that {@link #taskInstanceId} has returned. */
        static MonitorRun parse(String text) {
            int separator = text.lastIndexOf(SEPARATOR);
            return new MonitorRun(
                    text.substring(0, separator), Instant.ofEpochMilli(Long.parseLong(text.substring(separator + 1))));
        }
    }
}
