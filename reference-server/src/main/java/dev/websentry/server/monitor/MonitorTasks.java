package dev.websentry.server.monitor;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Priority;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import dev.websentry.server.monitor.DueMonitors.Run;
import dev.websentry.server.scan.MonitorScan;
import dev.websentry.server.scan.Scan;
import dev.websentry.server.scan.ScanService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The two kinds of work that the scheduler knows: looking which triggers have come, and one run. The scheduler's table is
 * where a run is claimed, and from where it is taken up again when its node dies.
 */
@Component
class MonitorTasks {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorTasks.class);

    private static final Duration RETRY = Duration.ofSeconds(20);

    private final DueMonitors due;
    private final MonitorRecords records;
    private final ScanService scans;
    private final OneTimeTask<Void> run;
    private final RecurringTask<Void> trigger;

    MonitorTasks(DueMonitors due, MonitorRecords records, ScanService scans) {
        this.due = due;
        this.records = records;
        this.scans = scans;
        run = Tasks.oneTime("monitor-run")
                .onFailure(MonitorTasks::soon)
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(Run.parse(instance.getId())));
        trigger = Tasks.recurring("monitor-trigger", new EveryMinute())
                .onFailure(MonitorTasks::soon)
                .onDeadExecutionRevive()
                .defaultPriority(Priority.HIGH)
                .execute((instance, context) -> claim(context.getSchedulerClient()));
    }

    List<Task<?>> known() {
        return List.of(run);
    }

    RecurringTask<Void> trigger() {
        return trigger;
    }

    private void claim(SchedulerClient scheduler) {
        due.claimAll(claimed -> scheduler.scheduleIfNotExists(run.instance(claimed.text()), claimed.due()));
    }

    private void run(Run claimed) {
        Optional<Monitor> found = due.runnable(claimed);
        if (found.isEmpty()) {
            LOG.info("Monitor {}: nothing to do for {}", claimed.monitorId(), claimed.due());
            return;
        }
        Monitor monitor = found.get();
        Optional<Instant> trigger = Optional.of(claimed.due());
        Scan scan = scans.scan(new MonitorScan(monitor.accountId(), monitor.id(), monitor.url(), trigger));
        if (scan.state() == Scan.State.INTERRUPTED) {
            throw new IllegalStateException("scan " + scan.id() + " was cut off");
        }
        records.note(monitor, claimed.due(), scan);
    }

    /** What failed here says nothing of a site: it is tried again, not given up. */
    private static void soon(ExecutionComplete failed, ExecutionOperations<Void> operations) {
        operations.reschedule(failed, failed.getTimeDone().plus(RETRY));
    }

    /** At the beginning of every minute, so also at 06:00 sharp; and at once when it was missed. */
    private record EveryMinute() implements Schedule {
        @Override
        public Instant getNextExecutionTime(ExecutionComplete complete) {
            return getInitialExecutionTime(complete.getTimeDone());
        }

        @Override
        public Instant getInitialExecutionTime(Instant now) {
            return now.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }
}
