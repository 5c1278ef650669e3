package dev.websentry.server.scan;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.websentry.server.scheduling.DailySchedule;
import java.time.LocalTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the purge to the background tasks. */
@Configuration(proxyBeanMethods = false)
class ScanPurgeConfiguration {
    /** Between the backups of most installations at night and the scans of monitors at 06:00. */
    private static final LocalTime TIME = LocalTime.of(4, 0);

    @Bean
    Task<Void> purgeScans(ScanPurge purge) {
        return Tasks.recurring("scan-purge", new DailySchedule(TIME))
                .onFailure(DailySchedule::retry)
                .onDeadExecutionRevive()
                .execute((instance, context) ->
                        purge.run(() -> context.getSchedulerState().isShuttingDown()));
    }
}
