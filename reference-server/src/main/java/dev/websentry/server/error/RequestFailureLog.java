package dev.websentry.server.error;

import dev.websentry.server.database.DatabaseOutages;
import dev.websentry.server.log.ForeignText;
import dev.websentry.server.log.LogThrottle;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Logs failures of requests: a bug with its stack trace, an outage of the database with one line a minute, and a broken
 * connection with one line at the level debug.
 */
final class RequestFailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestFailureLog.class);
    private static final DisconnectedClientHelper DISCONNECTED =
            new DisconnectedClientHelper(RequestFailureLog.class.getName() + ".disconnected");
    private static final LogThrottle OUTAGES = new LogThrottle(Duration.ofMinutes(1));

    private RequestFailureLog() {}

    /**
     * Logs a failure, unless it is an error that only concerns the caller.
     *
     * @param error what the caller is responded with
     */
    static void log(Object method, Object path, ApiException error, Throwable failure) {
        if (DISCONNECTED.checkAndLogClientDisconnectedException(failure)) {
            return;
        }
        if (DatabaseOutages.isOutage(failure)) {
            OUTAGES.count()
                    .ifPresent(count -> LOG.error(
                            "The database is not available; {} requests failed since the last such line: {}",
                            count,
                            ForeignText.escape(rootCause(failure))));
        } else if (error.code() == ErrorCode.INTERNAL) {
            LOG.error("{} {} failed", ForeignText.escape(method), ForeignText.escape(path), failure);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
