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
 * Turns triggers that have come into runs. A monitor's next trigger moves on in the transaction that makes the run, so that
 * each trigger makes one, whoever looks and however often; a few at a time, so that a million of them hold no lock for long.
 */
@Repository
class DueMonitors {
    private static final int AT_A_TIME = 200;

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final Clock clock;

    DueMonitors(JdbcClient db, TransactionTemplate transactions, Clock clock) {
        this.db = db;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Claims every trigger that has come. Of several that a monitor missed, the last alone. */
    void claimAll(Consumer<Run> claimed) {
        while (claimSome(claimed) == AT_A_TIME) {
            // Until there are no more.
        }
    }

    private int claimSome(Consumer<Run> claimed) {
        Instant now = clock.instant();
        List<Monitor> due = db.sql("SELECT " + MonitorStore.COLUMNS + " FROM monitor"
                        + " WHERE is_active = 1 AND next_due_at <= :now ORDER BY next_due_at LIMIT :some")
                .param("now", now.toEpochMilli())
                .param("some", AT_A_TIME)
                .query((row, number) -> MonitorStore.monitor(row))
                .list();
        if (!due.isEmpty()) {
            transactions.executeWithoutResult(status -> due.forEach(monitor -> claim(monitor, now, claimed)));
        }
        return due.size();
    }

    private void claim(Monitor monitor, Instant now, Consumer<Run> claimed) {
        int moved = db.sql("""
                        UPDATE monitor SET next_due_at = :next
                        WHERE id = :id AND is_active = 1 AND next_due_at = :seen""")
                .param("next", monitor.frequency().nextAfter(now).toEpochMilli())
                .param("id", monitor.id())
                .param("seen", monitor.nextDueAt().toEpochMilli())
                .update();
        if (moved == 1) {
            claimed.accept(new Run(monitor.id(), monitor.frequency().lastBy(now)));
        }
    }

    /** The monitor of a run; empty when it is deleted or paused, or its account disabled, or a later trigger has come. */
    Optional<Monitor> runnable(Run run) {
        return db.sql("SELECT " + MonitorStore.COLUMNS + " FROM monitor JOIN account ON account.id = monitor.account_id"
                        + " WHERE monitor.id = :id AND monitor.is_active = 1 AND account.disabled = 0")
                .param("id", run.monitorId())
                .query((row, number) -> MonitorStore.monitor(row))
                .optional()
                .filter(monitor -> !monitor.frequency().lastBy(clock.instant()).isAfter(run.due()));
    }

    /**
     * A monitor's answer to one trigger.
     *
     * @param due the trigger
     */
    record Run(String monitorId, Instant due) {
        private static final String SEPARATOR = "@";

        /** As the scheduler's table keeps it. */
        String text() {
            return monitorId + SEPARATOR + due.toEpochMilli();
        }

        static Run parse(String text) {
            int separator = text.lastIndexOf(SEPARATOR);
            return new Run(
                    text.substring(0, separator), Instant.ofEpochMilli(Long.parseLong(text.substring(separator + 1))));
        }
    }
}
