package dev.websentry.server.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SchedulerOutageFilterTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final org.slf4j.Logger scheduler = LoggerFactory.getLogger("com.github.kagkarlsson.scheduler.Example");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SchedulerOutageFilter filter = new SchedulerOutageFilter();

    @BeforeEach
    void start() {
        log.start();
        root.addAppender(log);
        filter.afterPropertiesSet();
    }

    @AfterEach
    void stop() {
        filter.destroy();
        root.detachAppender(log);
    }

    @Test
    void outageIsOneEscapedLineWithoutAStackTrace() {
        for (int i = 0; i < 100; i++) {
            scheduler.error(
                    "Unhandled exception",
                    new IllegalStateException(new SQLTransientConnectionException("refused\nforged line")));
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
        scheduler.error("Unhandled exception", rollback);
        assertEquals(1, log.list.size());
        assertNull(log.list.get(0).getThrowableProxy());
    }

    @Test
    void otherFailuresKeepTheirStackTraces() {
        scheduler.error("Unhandled exception", new IllegalStateException("a bug"));
        scheduler.error("Unhandled exception", new SQLException("syntax error", "42601"));
        scheduler.error("no exception");
        LoggerFactory.getLogger("org.example").error("other", new SQLTransientConnectionException("refused"));
        assertEquals(
                List.of("Unhandled exception", "Unhandled exception", "no exception", "other"),
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        assertEquals(
                3,
                log.list.stream()
                        .filter(line -> line.getThrowableProxy() != null)
                        .count());
    }

    @Test
    void nothingIsFilteredAfterTheServerHasStopped() {
        filter.destroy();
        scheduler.error("Unhandled exception", new SQLTransientConnectionException("refused"));
        assertEquals(1, log.list.size());
        assertEquals("Unhandled exception", log.list.get(0).getFormattedMessage());
    }
}
