package dev.websentry.server.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that the server is tested with. */
public enum DatabaseVendor {
    SQLITE {
        @Override
        public List<String> freshDatabase() {
            try {
                return List.of("--websentry.data-dir=" + Files.createTempDirectory("websentry-test"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        public List<String> freshDatabase() {
            EmbeddedPostgres server = PostgreSqlServer.RUNNING;
            String name = "test" + NUMBER.incrementAndGet();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return List.of(
                    "--websentry.db.url=" + server.getJdbcUrl("postgres", name) + TIMEOUTS,
                    // Without it, the servers would create a key file in the working directory.
                    "--websentry.encryption.keys=" + ENCRYPTION_KEY);
        }
    };

    /**
     * The timeouts in the URLs of PostgreSQL databases, for tests that do not simulate outages: longer than those of the
     * server, because a busy machine may stop for seconds.
     */
    public static final String TIMEOUTS = "&connectTimeout=60&loginTimeout=60";

    private static final String ENCRYPTION_KEY =
            Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Creates a database and returns its settings. Servers with the same settings are nodes of one installation. */
    public abstract List<String> freshDatabase();

    /** The PostgreSQL server, which starts with the first test that needs it and stops with the JVM. */
    private static final class PostgreSqlServer {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres started = EmbeddedPostgres.builder()
                        // The default is a port that the operating system could give to another process before the
                        // start.
                        .setPort(FreePort.find())
                        .setServerConfig("max_connections", "200")
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(Duration.ofSeconds(90))
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "stop-postgresql"));
                return started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Stops the database after the servers that use it, which would otherwise log that it is gone. */
        private static void stop(EmbeddedPostgres database) {
            TestServer.closeAll();
            try {
                database.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
