package dev.websentry.server.monitor;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import dev.websentry.server.settings.WebSentryProperties;
import dev.websentry.server.token.SecureTokens;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/** Starts the scheduler with the web server and stops it gracefully: running scans may finish. See ADR 35. */
@Component
class MonitorScheduler implements SmartLifecycle {
    private static final Duration POLLING_INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_MISSED_HEARTBEATS = 4;

    private final MonitorTasks tasks;
    private final DataSource database;
    private final JdbcClient db;
    private final WebSentryProperties settings;
    private final Clock clock;
    private volatile @Nullable Scheduler scheduler;

    MonitorScheduler(
            MonitorTasks tasks, DataSource database, JdbcClient db, WebSentryProperties settings, Clock clock) {
        this.tasks = tasks;
        this.database = database;
        this.db = db;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void start() {
        boolean singleNode = settings.db().url() == null;
        if (singleNode) {
            releaseAll();
        }
        // At most half of the scan slots, so that interactive scans find a free one. One more thread looks for due
        // monitors.
        int runs = Math.max(1, settings.scan().concurrency() / 2);
        SchedulerBuilder builder = Scheduler.create(new TransactionAwareDataSourceProxy(database), tasks.oneTimeTasks())
                .startTasks(tasks.triggerTask())
                .clock(clock::instant)
                .schedulerName(new SchedulerName.Fixed(SecureTokens.newId()))
                .threads(runs + 1)
                .pollingInterval(POLLING_INTERVAL)
                .heartbeatInterval(settings.monitors().heartbeat())
                .missedHeartbeatsLimit(MAX_MISSED_HEARTBEATS)
                .shutdownMaxWait(settings.scan().timeout())
                .enablePriority();
        Scheduler started =
                (singleNode ? builder.pollUsingFetch(0.5, 1) : builder.pollUsingLockAndFetch(0.5, 1)).build();
        started.start();
        scheduler = started;
    }

    /**
     * Releases all picked tasks. Only one server uses an SQLite database, so at startup they are left from the last
     * process.
     */
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
