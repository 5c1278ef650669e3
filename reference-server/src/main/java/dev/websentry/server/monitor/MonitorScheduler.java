package dev.websentry.server.monitor;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import dev.websentry.server.settings.Settings;
import dev.websentry.server.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/** Runs the scheduler from when the server answers until it stops; scans that run then may finish. ADR 75. */
@Component
class MonitorScheduler implements SmartLifecycle {
    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final int SILENT_HEARTBEATS = 4;

    private final MonitorTasks tasks;
    private final DataSource database;
    private final JdbcClient db;
    private final Settings settings;
    private final Clock clock;
    private volatile @Nullable Scheduler scheduler;

    MonitorScheduler(MonitorTasks tasks, DataSource database, JdbcClient db, Settings settings, Clock clock) {
        this.tasks = tasks;
        this.database = database;
        this.db = db;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        boolean alone = settings.db().url() == null;
        if (alone) {
            releaseAll();
        }
        // Half of the places at most, so that somebody who waits for a scan finds one; one thread more looks for
        // triggers.
        int runs = Math.max(1, settings.scan().concurrency() / 2);
        SchedulerBuilder builder = Scheduler.create(new TransactionAwareDataSourceProxy(database), tasks.known())
                .startTasks(tasks.trigger())
                .clock(clock::instant)
                .schedulerName(new SchedulerName.Fixed(Tokens.id()))
                .threads(runs + 1)
                .pollingInterval(POLLING)
                .heartbeatInterval(settings.monitors().heartbeat())
                .missedHeartbeatsLimit(SILENT_HEARTBEATS)
                .shutdownMaxWait(settings.scan().timeout())
                .enablePriority();
        Scheduler started = (alone ? builder.pollUsingFetch(0.5, 1) : builder.pollUsingLockAndFetch(0.5, 1)).build();
        started.start();
        scheduler = started;
    }

    /** SQLite has one server: whatever is picked when it starts was cut off with the last one. */
    private void releaseAll() {
        db.sql("""
                        UPDATE scheduled_tasks SET picked = 0, picked_by = NULL, last_heartbeat = NULL,
                            version = version + 1
                        WHERE picked = 1""").update();
    }

    @Override
    public void stop() {
        Scheduler running = scheduler;
        scheduler = null;
        if (running != null) {
            running.stop();
        }
    }

    /** Beside the web server, which lets its requests finish meanwhile. */
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
                        "monitors-stop")
                .start();
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }
}
