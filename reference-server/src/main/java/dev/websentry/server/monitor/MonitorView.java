package dev.websentry.server.monitor;

import dev.websentry.server.answer.Moments;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A monitor as its owner sees it. What the API documents comes first; the rest is added.
 *
 * @param lastGrade of the last scan that gave one
 * @param isActive 1 or 0
 * @param createdAt UTC, to the second; so the other moments
 * @param lastError why the last scan gave no grade; null when it did
 * @param lastRunAt the trigger that the last scan answered; for the first scan, when it began
 * @param nextRunAt its next trigger; null while it is paused
 * @param pausedBy user or plan; null while it is active
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
        @Nullable String pausedBy) {

    public static MonitorView of(Monitor monitor) {
        return new MonitorView(
                monitor.id(),
                monitor.url(),
                monitor.frequency().wire(),
                monitor.last().grade().orElse(null),
                monitor.last().scanId().orElse(null),
                monitor.active() ? 1 : 0,
                Moments.seconds(monitor.createdAt()),
                monitor.last().error().orElse(null),
                monitor.last().runAt().map(Moments::seconds).orElse(null),
                monitor.active() ? Moments.seconds(monitor.nextDueAt()) : null,
                monitor.pausedBy()
                        .map(who -> who.name().toLowerCase(Locale.ROOT))
                        .orElse(null));
    }
}
