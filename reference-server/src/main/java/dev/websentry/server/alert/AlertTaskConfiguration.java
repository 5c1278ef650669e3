package dev.websentry.server.alert;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.websentry.server.scheduling.DailySchedule;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the weekly summary to the background tasks. */
@Configuration(proxyBeanMethods = false)
class AlertTaskConfiguration {
    /** Runs every day, so that a summary that was missed on Monday, or interrupted, is made up for. */
    @Bean
    Task<Void> queueWeeklySummaries(WeeklySummary summary, Clock clock) {
        return Tasks.recurring("weekly-summary", new DailySchedule(WeeklySummary.TIME))
                .onFailure(DailySchedule::retry)
                .onDeadExecutionRevive()
                .execute((instance, context) -> summary.queueDue(clock.instant()));
    }
}
