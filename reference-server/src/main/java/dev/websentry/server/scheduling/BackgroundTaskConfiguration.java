package dev.websentry.server.scheduling;

import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the group of background tasks. */
@Configuration(proxyBeanMethods = false)
class BackgroundTaskConfiguration {
    private static final int THREADS = 6;

    /** Longer than an attempt to deliver a webhook message to a slow server. */
    private static final Duration MAX_SHUTDOWN_WAIT = Duration.ofSeconds(30);

    @Bean
    TaskGroup backgroundTaskGroup(List<Task<?>> tasks) {
        return new TaskGroup(BackgroundTasks.TABLE, THREADS, MAX_SHUTDOWN_WAIT, tasks);
    }
}
