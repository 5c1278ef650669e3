package dev.websentry.server.scheduling;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Schedules the tasks of the group "background": webhook messages and maintenance. Every task that is a bean belongs to
 * it. The scans of monitors and e-mails are groups of their own.
 */
@Component
public class BackgroundTasks {
    /** The table of the group. */
    static final String TABLE = "background_task";

    private final TaskQueue queue;

    BackgroundTasks(DataSource database, ObjectProvider<Task<?>> tasks, Clock clock) {
        queue = new TaskQueue(database, TABLE, () -> tasks.stream().toList(), clock);
    }

    /** @see TaskQueue#schedule */
    public void schedule(TaskInstance<?> task) {
        queue.schedule(task);
    }

    /** @see TaskQueue#scheduleAtLatest */
    public void scheduleAtLatest(TaskInstance<?> task, Instant time) {
        queue.scheduleAtLatest(task, time);
    }
}
