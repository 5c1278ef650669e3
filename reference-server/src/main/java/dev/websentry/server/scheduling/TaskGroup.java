package dev.websentry.server.scheduling;

import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;

/**
 * Tasks that share a table and threads, so that slow tasks of one group do not delay those of another.
 *
 * @param tableName the table of the scheduler, with the columns that db-scheduler requires
 * @param threads maximum number of tasks that one node executes concurrently
 * @param maxShutdownWait how long running tasks may take to finish when the server stops; then they are interrupted
 * @param pollingInterval how often a node looks for due tasks
 */
public record TaskGroup(
        String tableName, int threads, Duration maxShutdownWait, List<Task<?>> tasks, Duration pollingInterval) {
    private static final Duration POLLING_INTERVAL = Duration.ofSeconds(1);

    public TaskGroup {
        tasks = List.copyOf(tasks);
    }

    /** Creates a group with the usual polling interval. */
    public TaskGroup(String tableName, int threads, Duration maxShutdownWait, List<Task<?>> tasks) {
        this(tableName, threads, maxShutdownWait, tasks, POLLING_INTERVAL);
    }
}
