package dev.websentry.server.audit;

import dev.websentry.server.settings.WebSentryProperties;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes audit events after their retention period. Every node does so; this needs no coordination. */
@Component
class AuditCleanup {
    private final JdbcAuditEventRepository events;
    private final WebSentryProperties settings;
    private final Clock clock;

    AuditCleanup(JdbcAuditEventRepository events, WebSentryProperties settings, Clock clock) {
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 9, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void deleteOld() {
        events.deleteBefore(clock.instant().minus(settings.audit().retention()));
    }
}
