package dev.websentry.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.websentry.server.settings.DatabaseSettings;
import dev.websentry.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens the database that the settings name. Flyway then brings its schema up to date. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {
    /** Writers take turns on SQLite, each for a few milliseconds; who has waited this long will not be served. */
    private static final int BUSY_MILLIS = 10_000;

    private static final int SQLITE_CONNECTIONS = 8;
    private static final int POSTGRESQL_CONNECTIONS = 16;

    @Bean
    HikariDataSource dataSource(Settings settings) {
        return new HikariDataSource(
                settings.db().url() == null
                        ? sqlite(settings.dataDir(), file(settings))
                        : postgresql(settings.db(), settings.db().url()));
    }

    /** For what must happen whole or not at all. Never around a scan or a request: on SQLite it makes all writers wait. */
    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    /** The SQLite database of these settings, unless they name another one. */
    public static Path file(Settings settings) {
        return settings.dataDir().resolve("websentry.db");
    }

    /** Flyway's own default goes on with a schema that only a newer version of the server understands. */
    @Bean
    FlywayMigrationStrategy migration() {
        return flyway -> {
            NewerSchemaException.refuse(flyway.info());
            flyway.migrate();
        };
    }

    private static HikariConfig sqlite(Path directory, Path file) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("websentry.data-dir is '" + directory + "': cannot be made", e);
        }
        SQLiteConfig pragmas = new SQLiteConfig();
        pragmas.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // NORMAL would lose acknowledged commits when the power goes.
        pragmas.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        pragmas.setBusyTimeout(BUSY_MILLIS);
        // A transaction that begins as a reader and then writes would fail at once instead of waiting.
        pragmas.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        pragmas.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(pragmas);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("sqlite");
        pool.setDataSource(new StatementPools(source));
        pool.setMaximumPoolSize(SQLITE_CONNECTIONS);
        return pool;
    }

    private static HikariConfig postgresql(DatabaseSettings settings, String url) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("postgresql");
        pool.setJdbcUrl(url);
        pool.setUsername(settings.username());
        pool.setPassword(settings.password());
        pool.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
        return pool;
    }
}
