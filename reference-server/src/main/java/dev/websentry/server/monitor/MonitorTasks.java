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
import dev.websentry.server.monitor.DueMonitorRepository.MonitorRun;
import dev.websentry.server.scan.MonitorScanRequest;
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
 * The two tasks of the scheduler: claiming due monitors every minute, and one scan of a monitor. The table of the
 * scheduler records which node executes a scan, and another node revives it if that node dies.
 */
@Component
class MonitorTasks {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorTasks.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(20);

    private final DueMonitorRepository due;
    private final MonitorResultRepository records;
    private final ScanService scans;
    private final OneTimeTask<Void> run;
    private final RecurringTask<Void> triggerTask;

    MonitorTasks(DueMonitorRepository due, MonitorResultRepository records, ScanService scans) {
        this.due = due;
        this.records = records;
        this.scans = scans;
        run = Tasks.oneTime("monitor-run")
                .onFailure(MonitorTasks::retry)
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(MonitorRun.parse(instance.getId())));
        triggerTask = Tasks.recurring("monitor-trigger", new EveryMinuteSchedule())
                .onFailure(MonitorTasks::retry)
                .onDeadExecutionRevive()
                .defaultPriority(Priority.HIGH)
                .execute((instance, context) -> claim(context.getSchedulerClient()));
    }

    /** Returns both tasks. */
    List<Task<?>> all() {
        return List.of(run, triggerTask);
    }

    private void claim(SchedulerClient scheduler) {
        due.claimAll(claimed -> scheduler.scheduleIfNotExists(run.instance(claimed.taskInstanceId()), claimed.due()));
    }

    private void run(MonitorRun claimed) {
        Optional<Monitor> found = due.findRunnable(claimed);
        if (found.isEmpty()) {
            LOG.info("Monitor {}: skipped the run of {}, which is no longer due", claimed.monitorId(), claimed.due());
            return;
        }
        Monitor monitor = found.get();
        Optional<Instant> trigger = Optional.of(claimed.due());
        Scan scan = scans.scan(new MonitorScanRequest(monitor.accountId(), monitor.id(), monitor.url(), trigger));
        if (scan.state() == Scan.ScanState.INTERRUPTED) {
            throw new IllegalStateException("Scan " + scan.id() + " was interrupted");
        }
        records.recordResult(monitor, claimed.due(), scan);
    }

    /** Retries a failed execution. Such a failure is internal; a failed scan of a site is recorded as its result. */
    private static void retry(ExecutionComplete failed, ExecutionOperations<Void> operations) {
        LOG.warn(
                "{} failed and is repeated in {} s",
                failed.getExecution().taskInstance.getTaskAndInstance(),
                RETRY_DELAY.toSeconds(),
                failed.getCause().orElse(null));
        operations.reschedule(failed, failed.getTimeDone().plus(RETRY_DELAY));
    }

    /** Executes at the start of every minute, which includes 06:00 exactly, and at once if an execution was missed. */
    private record EveryMinuteSchedule() implements Schedule {
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
