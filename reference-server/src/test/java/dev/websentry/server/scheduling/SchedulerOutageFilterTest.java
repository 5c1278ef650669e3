package dev.websentry.server.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Asks the filter directly, because other servers in this JVM have filters, too. */
class SchedulerOutageFilterTest {
    private static final String SCHEDULER = "com.github.kagkarlsson.scheduler.Example";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger output = context.getLogger(SchedulerOutageFilter.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SchedulerOutageFilter filter = new SchedulerOutageFilter();

    @BeforeEach
    void start() {
        log.start();
        output.addAppender(log);
    }

    @AfterEach
    void stop() {
        output.detachAppender(log);
    }

    private FilterReply decide(String logger, Throwable failure) {
        return filter.decide(null, context.getLogger(logger), Level.ERROR, "Unhandled exception", null, failure);
    }

    @Test
    void outageIsOneEscapedLineWithoutAStackTrace() {
        for (int i = 0; i < 100; i++) {
            SQLException cause = new SQLTransientConnectionException("refused\nforged line");
            assertEquals(FilterReply.DENY, decide(SCHEDULER, new IllegalStateException(cause)));
        }
        assertEquals(1, log.list.size());
        ILoggingEvent line = log.list.get(0);
        assertNull(line.getThrowableProxy());
        assertTrue(
                line.getFormattedMessage()
                        .endsWith("1 attempts failed since the last such line:"
                                + " java.sql.SQLTransientConnectionException: refused\\u000aforged line"),
                line.getFormattedMessage());
    }

    @Test
    void outageIsRecognizedBehindAFailedRollback() {
        IllegalStateException rollback = new IllegalStateException(new SQLException("Connection is closed"));
        rollback.addSuppressed(new IllegalStateException(new SQLTransientConnectionException("refused")));
        assertEquals(FilterReply.DENY, decide(SCHEDULER, rollback));
        assertEquals(1, log.list.size());
    }

    @Test
    void otherFailuresKeepTheirStackTraces() {
        assertEquals(FilterReply.NEUTRAL, decide(SCHEDULER, new IllegalStateException("a bug")));
        assertEquals(FilterReply.NEUTRAL, decide(SCHEDULER, new SQLException("syntax error", "42601")));
        assertEquals(FilterReply.NEUTRAL, decide("org.example", new SQLTransientConnectionException("refused")));
        assertEquals(
                FilterReply.NEUTRAL,
                filter.decide(null, context.getLogger(SCHEDULER), Level.ERROR, "no exception", null, null));
        assertTrue(log.list.isEmpty());
    }

    @Test
    void filterIsActiveWhileTheServerRuns() {
        filter.afterPropertiesSet();
        assertTrue(context.getTurboFilterList().contains(filter));
        filter.destroy();
        assertFalse(context.getTurboFilterList().contains(filter));
    }
}
