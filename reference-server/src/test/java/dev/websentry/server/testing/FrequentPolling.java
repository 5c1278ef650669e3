package dev.websentry.server.testing;

import dev.websentry.server.scheduling.TaskGroup;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Makes the schedulers of a server look for due tasks more often, so that tests wait less. */
final class FrequentPolling implements BeanPostProcessor {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof TaskGroup group
                ? new TaskGroup(group.tableName(), group.threads(), group.maxShutdownWait(), group.tasks(), INTERVAL)
                : bean;
    }
}
