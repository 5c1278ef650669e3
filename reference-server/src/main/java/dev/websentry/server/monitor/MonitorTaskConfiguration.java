package dev.websentry.server.monitor;

import dev.websentry.server.scheduling.TaskGroup;
import dev.websentry.server.settings.WebSentryProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the group of tasks that scan the sites of monitors. */
@Configuration(proxyBeanMethods = false)
class MonitorTaskConfiguration {
    /**
     * Scheduled scans use at most half of the scan slots, so that interactive scans find a free one. One more thread
     * looks for due monitors.
     */
    @Bean
    TaskGroup monitorTaskGroup(MonitorTasks tasks, WebSentryProperties settings) {
        int runs = Math.max(1, settings.scan().concurrency() / 2);
        return new TaskGroup("scheduled_tasks", runs + 1, settings.scan().timeout(), tasks.all());
    }
}
