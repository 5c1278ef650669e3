package dev.websentry.server.monitor;

import dev.websentry.server.error.ApiTimestamps;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The JSON representation of a monitor for its owner. The documented fields come first, the additions after them. All
 * times are in UTC, truncated to seconds.
 *
 * @param lastGrade grade of the last successful scan
 * @param lastScanId id of the last successful scan
 * @param isActive 1 if the monitor is active, 0 if it is paused
 * @param lastError why the last scan failed; null if it succeeded
 * @param lastRunAt trigger of the last scan; for the first scan, its start
 * @param nextRunAt next trigger; null while the monitor is paused
 * @param pausedBy user or plan; null while the monitor is active
 * @param emailAlerts 1 if e-mails are sent about this monitor, otherwise 0
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MonitorView(
        String id,
        String url,
        String frequency,
        @Nullable String lastGrade,
        @Nullable String lastScanId,
        int isActive,
        String createdAt,
        @Nullable String lastError,
        @Nullable String lastRunAt,
        @Nullable String nextRunAt,
        @Nullable String pausedBy,
        int emailAlerts) {

    public static MonitorView of(Monitor monitor) {
        return new MonitorView(
                monitor.id(),
                monitor.url(),
                monitor.frequency().wireName(),
                monitor.last().grade().orElse(null),
                monitor.last().scanId().orElse(null),
                monitor.active() ? 1 : 0,
                ApiTimestamps.format(monitor.createdAt()),
                monitor.last().error().orElse(null),
                monitor.last().runAt().map(ApiTimestamps::format).orElse(null),
                monitor.active() ? ApiTimestamps.format(monitor.nextDueAt()) : null,
                monitor.pausedBy()
                        .map(who -> who.name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                monitor.emailAlerts() ? 1 : 0);
    }
}
