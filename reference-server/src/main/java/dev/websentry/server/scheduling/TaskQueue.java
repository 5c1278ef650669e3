package dev.websentry.server.scheduling;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.function.SingletonSupplier;

/** Schedules the tasks of one {@link TaskGroup}. */
public final class TaskQueue {
    private final SingletonSupplier<SchedulerClient> client;
    private final Clock clock;

    /**
     * Creates a queue.
     *
     * @param tableName the table of the group
     * @param tasks resolved when a task is first scheduled, because tasks may schedule other ones
     */
    public TaskQueue(DataSource database, String tableName, Supplier<List<Task<?>>> tasks, Clock clock) {
        this.clock = clock;
        client = SingletonSupplier.of(() -> SchedulerClient.Builder.create(
                        new TransactionAwareDataSourceProxy(database),
                        tasks.get().toArray(Task<?>[]::new))
                .tableName(tableName)
                .serializer(new TextSerializer())
                .enablePriority()
                .build());
    }

    /**
     * Schedules a task for immediate execution, once the transaction of the caller is committed. Has no effect if the
     * task is scheduled already.
     */
    public void schedule(TaskInstance<?> task) {
        boolean unused = client.obtain().scheduleIfNotExists(task, clock.instant());
    }

    /**
     * Schedules a task at a time, or moves its execution forward to this time if it is scheduled later. Has no effect
     * on a task that is being executed. Callers must not do this concurrently for the same task.
     */
    public void scheduleAtLatest(TaskInstance<?> task, Instant time) {
        if (!client.obtain().scheduleIfNotExists(task, time)) {
            client.obtain()
                    .getScheduledExecution(task)
                    .filter(execution -> !execution.isPicked()
                            && execution.getExecutionTime().isAfter(time))
                    .ifPresent(execution -> moveForward(task, time));
        }
    }

    private void moveForward(TaskInstance<?> task, Instant time) {
        // False if the task was picked in the meantime.
        boolean unused = client.obtain().reschedule(task, time);
    }
}
