package dev.websentry.server.scheduling;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dev.websentry.server.settings.WebSentryProperties;
import dev.websentry.server.token.SecureTokens;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/** Starts one scheduler for each group of tasks with the web server and stops them gracefully. */
@Component
class PersistentScheduler implements SmartLifecycle {
    private static final int MAX_MISSED_HEARTBEATS = 4;

    private final List<TaskGroup> groups;
    private final DataSource database;
    private final JdbcClient db;
    private final WebSentryProperties settings;
    private final Clock clock;
    private volatile @Nullable List<Scheduler> schedulers;

    PersistentScheduler(
            List<TaskGroup> groups, DataSource database, JdbcClient db, WebSentryProperties settings, Clock clock) {
        this.groups = groups;
        this.database = database;
        this.db = db;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        List<Scheduler> started = new ArrayList<>();
        schedulers = started;
        for (TaskGroup group : groups) {
            Scheduler scheduler = create(group);
            scheduler.start();
            started.add(scheduler);
        }
    }

    private Scheduler create(TaskGroup group) {
        boolean singleNode = settings.db().url() == null;
        if (singleNode) {
            releaseAll(group.tableName());
        }
        List<Task<?>> scheduled = new ArrayList<>();
        List<RecurringTask<?>> recurring = new ArrayList<>();
        for (Task<?> task : group.tasks()) {
            if (task instanceof RecurringTask<?> repeated) {
                recurring.add(repeated);
            } else {
                scheduled.add(task);
            }
        }
        SchedulerBuilder builder = Scheduler.create(new TransactionAwareDataSourceProxy(database), scheduled)
                .startTasks(recurring)
                .tableName(group.tableName())
                .serializer(new TextSerializer())
                .clock(clock::instant)
                .schedulerName(new SchedulerName.Fixed(SecureTokens.newId()))
                .threads(group.threads())
                .pollingInterval(group.pollingInterval())
                .heartbeatInterval(settings.monitors().heartbeat())
                .missedHeartbeatsLimit(MAX_MISSED_HEARTBEATS)
                .shutdownMaxWait(group.maxShutdownWait())
                // The failure handlers of the tasks log, in one line and without foreign text.
                .failureLogging(LogLevel.DEBUG, true)
                .enablePriority();
        return (singleNode ? builder.pollUsingFetch(0.5, 1) : builder.pollUsingLockAndFetch(0.5, 1)).build();
    }

    /**
     * Releases all picked tasks. Only one server uses an SQLite database, so at startup they are left from the last
     * process.
     */
    private void releaseAll(String table) {
        db.sql("UPDATE " + table + " SET picked = 0, picked_by = NULL, last_heartbeat = NULL,"
                        + " version = version + 1 WHERE picked = 1")
                .update();
    }

    /** Stops the schedulers concurrently, because each waits for its running tasks. */
    @Override
    public void stop() {
        List<Scheduler> running = schedulers;
        schedulers = null;
        if (running != null) {
            running.parallelStream().forEach(Scheduler::stop);
        }
    }

    /** Stops in a thread of its own, in parallel with the web server, which waits for its running requests. */
    @Override
    public void stop(Runnable callback) {
        new Thread(
                        () -> {
                            try {
                                stop();
                            } finally {
                                callback.run();
                            }
                        },
                        "tasks-stop")
                .start();
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }

    @Override
    public boolean isRunning() {
        return schedulers != null;
    }
}
