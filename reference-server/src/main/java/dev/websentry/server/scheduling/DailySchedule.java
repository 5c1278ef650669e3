package dev.websentry.server.scheduling;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes a task every day, and at once if an execution was missed.
 *
 * @param time the time of day, in UTC
 */
public record DailySchedule(LocalTime time) implements Schedule {
    private static final Logger LOG = LoggerFactory.getLogger(DailySchedule.class);
    private static final Duration RETRY_DELAY = Duration.ofMinutes(5);

    @Override
    public Instant getNextExecutionTime(ExecutionComplete complete) {
        return getInitialExecutionTime(complete.getTimeDone());
    }

    @Override
    public Instant getInitialExecutionTime(Instant now) {
        OffsetDateTime today = now.atOffset(ZoneOffset.UTC);
        OffsetDateTime next = today.with(time);
        return (next.isAfter(today) ? next : next.plusDays(1)).toInstant();
    }

    @Override
    public boolean isDeterministic() {
        return true;
    }

    /** Retries a task that failed, for example because the database was not available. */
    public static void retry(ExecutionComplete failed, ExecutionOperations<Void> operations) {
        LOG.warn(
                "{} failed and is repeated in {} min",
                failed.getExecution().getTaskName(),
                RETRY_DELAY.toMinutes(),
                failed.getCause().orElse(null));
        operations.reschedule(failed, failed.getTimeDone().plus(RETRY_DELAY));
    }
}
