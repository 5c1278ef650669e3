package dev.websentry.server.webhook;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the task of this package to the background tasks. */
@Configuration(proxyBeanMethods = false)
class WebhookTaskConfiguration {
    @Bean
    Task<Void> sendWebhookMessages(WebhookTask task) {
        return task.task();
    }
}
