package dev.websentry.server.database;

import dev.websentry.server.log.ForeignText;
import dev.websentry.server.log.LogThrottle;
import dev.websentry.server.settings.WebSentryProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reports whether the database can be written to, by writing to it. With SQLite, the disk must also have free space. A
 * server that can only read is not ready: it would fail every sign-up and scan.
 */
@Component
final class StorageHealthIndicator extends AbstractHealthIndicator {
    /** Enough for the write-ahead log between two checkpoints and some reports. */
    static final long MIN_FREE_BYTES = 32L << 20;

    private static final Duration EXPIRY = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(StorageHealthIndicator.class);

    private final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));
    private final JdbcClient db;
    private final WebSentryProperties settings;
    private final Clock clock;

    StorageHealthIndicator(JdbcClient db, WebSentryProperties settings, Clock clock) {
        super("The storage health check failed");
        this.db = db;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws IOException {
        try {
            write();
        } catch (DataAccessException e) {
            // Probes come every few seconds; a stack trace of each would fill the log during an outage.
            throttle.count()
                    .ifPresent(count -> LOG.warn(
                            "The database cannot be written to; {} health checks failed since the last such line: {}",
                            count,
                            ForeignText.escape(e.getMostSpecificCause())));
            // With the exception as an argument, the base class would log its stack trace.
            health.down().withDetail("error", ForeignText.escape(e.getMostSpecificCause()));
            return;
        }
        health.up();
        if (settings.db().url() == null) {
            checkDisk(health, settings.dataDir());
        }
    }

    private void write() {
        db.sql("""
                        INSERT INTO usage_counter (subject, period, used, expires_at)
                        VALUES ('health', '', 1, :expires)
                        ON CONFLICT (subject, period) DO UPDATE SET expires_at = excluded.expires_at""")
                .param("expires", clock.instant().plus(EXPIRY).toEpochMilli())
                .update();
    }

    private static void checkDisk(Health.Builder health, Path directory) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        health.withDetail("free", free).withDetail("required", MIN_FREE_BYTES);
        if (free < MIN_FREE_BYTES || !Files.isWritable(directory)) {
            health.down();
        }
    }
}
