package dev.websentry.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.websentry.server.settings.DatabaseProperties;
import dev.websentry.server.settings.WebSentryProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens the configured database. Flyway then migrates its schema. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {
    /**
     * How long a writer waits for the SQLite write lock. A write takes a few milliseconds, so a longer wait is a
     * failure.
     */
    private static final int BUSY_MILLIS = 10_000;

    /** How long a request waits for a connection. Requests fail after it while PostgreSQL is not available. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /**
     * How long PostgreSQL may take to respond. A database that has stopped to respond, without closing its connections,
     * would otherwise hold a thread forever. No statement of the server but those of migrations takes seconds.
     */
    static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    private static final int SQLITE_CONNECTIONS = 8;
    private static final int POSTGRESQL_CONNECTIONS = 16;

    @Bean
    HikariDataSource dataSource(WebSentryProperties settings) {
        return new HikariDataSource(
                settings.db().url() == null
                        ? sqlite(settings.dataDir(), sqliteFile(settings))
                        : postgresql(settings.db(), settings.db().url()));
    }

    /**
     * Runs code in a transaction. Must not enclose a scan or a request, because on SQLite all other writers wait for
     * it.
     */
    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    /** Returns the file of the SQLite database, which is used if the settings contain no database URL. */
    public static Path sqliteFile(WebSentryProperties settings) {
        return settings.dataDir().resolve("websentry.db");
    }

    /** Migrates the schema, but rejects the schema of a newer server version, which Flyway ignores by default. */
    @Bean
    FlywayMigrationStrategy migration() {
        return flyway -> {
            NewerSchemaException.throwIfNewer(flyway.info());
            flyway.migrate();
        };
    }

    /**
     * Sets the column types of the one schema whose names differ between the databases. On PostgreSQL, migrations have
     * connections without {@link #RESPONSE_TIMEOUT}.
     */
    @Bean
    FlywayConfigurationCustomizer migrationSettings(WebSentryProperties settings) {
        return flyway -> {
            if (settings.db().url() == null) {
                flyway.placeholders(Map.of("binary", "BLOB", "timestamp", "TIMESTAMP"));
            } else {
                flyway.placeholders(Map.of("binary", "BYTEA", "timestamp", "TIMESTAMP WITH TIME ZONE"))
                        .dataSource(unpooled(settings));
            }
        };
    }

    /** Returns a data source without a pool, for commands. */
    public static DataSource unpooled(WebSentryProperties settings) {
        DatabaseProperties db = settings.db();
        if (db.url() == null) {
            return sqliteSource(sqliteFile(settings));
        }
        DriverManagerDataSource source = new DriverManagerDataSource(db.url());
        source.setUsername(db.username());
        source.setPassword(db.password());
        return source;
    }

    private static HikariConfig sqlite(Path directory, Path file) {
        try {
            PrivateFiles.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("websentry.data-dir is '" + directory + "': cannot create the directory", e);
        }
        try {
            // SQLite gives the other files the permissions of the database, but does not change existing ones.
            PrivateFiles.createFile(file);
            PrivateFiles.restrict(file.resolveSibling(file.getFileName() + "-wal"));
            PrivateFiles.restrict(file.resolveSibling(file.getFileName() + "-shm"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "websentry.data-dir is '" + directory + "': cannot create or restrict the database file", e);
        }
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("sqlite");
        pool.setDataSource(new StatementCachingDataSource(sqliteSource(file)));
        pool.setMaximumPoolSize(SQLITE_CONNECTIONS);
        return pool;
    }

    private static SQLiteDataSource sqliteSource(Path file) {
        SQLiteConfig pragmas = new SQLiteConfig();
        pragmas.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // NORMAL could lose acknowledged commits in a power failure.
        pragmas.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        pragmas.setBusyTimeout(BUSY_MILLIS);
        // A deferred transaction that starts with a read and then writes would fail at once instead of waiting.
        pragmas.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        pragmas.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(pragmas);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static HikariConfig postgresql(DatabaseProperties settings, String url) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("postgresql");
        pool.setJdbcUrl(url);
        pool.setUsername(settings.username());
        pool.setPassword(settings.password());
        pool.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
        pool.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        pool.setValidationTimeout(CONNECT_TIMEOUT.toMillis() - 500);
        // Parameters of the URL take precedence.
        pool.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
        pool.addDataSourceProperty("socketTimeout", RESPONSE_TIMEOUT.toSeconds());
        pool.addDataSourceProperty("tcpKeepAlive", true);
        return pool;
    }
}
