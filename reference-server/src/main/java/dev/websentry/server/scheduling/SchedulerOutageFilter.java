package dev.websentry.server.scheduling;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.websentry.server.database.DatabaseOutages;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.log.LogThrottle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Logs that the schedulers cannot use the database with one line a minute. Each of them looks for due tasks every
 * second, and db-scheduler and Spring log each failure with its stack trace.
 */
@Component
final class SchedulerOutageFilter extends TurboFilter implements InitializingBean, DisposableBean {
    private static final List<String> LOGGERS =
            List.of("com.github.kagkarlsson.scheduler", "org.springframework.scheduling");
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SchedulerOutageFilter.class);

    private final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

    @Override
    public void afterPropertiesSet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.addTurboFilter(this);
        }
    }

    @Override
    public void destroy() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getTurboFilterList().remove(this);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (failure == null
                || !level.isGreaterOrEqual(Level.WARN)
                || LOGGERS.stream().noneMatch(logger.getName()::startsWith)
                || !DatabaseOutages.isOutage(failure)) {
            return FilterReply.NEUTRAL;
        }
        throttle.count()
                .ifPresent(count -> LOG.error(
                        "Scheduled tasks cannot use the database; {} attempts failed since the last such line: {}",
                        count,
                        ForeignText.escape(NestedExceptionUtils.getMostSpecificCause(failure))));
        return FilterReply.DENY;
    }
}
