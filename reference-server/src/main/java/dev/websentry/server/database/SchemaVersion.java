package dev.websentry.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the schema of a database with that of this version, without Flyway, which takes a second to load. */
public final class SchemaVersion {
    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");

    private SchemaVersion() {}

    /**
     * Checks that the database has the schema of this version.
     *
     * @throws IllegalArgumentException otherwise; the message is for the administrator
     * @throws DataAccessException if the database cannot be opened
     */
    public static void requireCurrent(JdbcClient db) {
        int needed = neededVersion();
        int found;
        try {
            found = db.sql("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")
                    .query(Integer.class)
                    .optional()
                    .orElse(0);
        } catch (DataAccessException e) {
            if (reason(e).contains("flyway_schema_history")) {
                throw new IllegalArgumentException("The database has no tables yet; start the server once", e);
            }
            throw e;
        }
        if (found < needed) {
            throw new IllegalArgumentException("The database has schema version " + found + " of an older server"
                    + " version; start the server once, which migrates it to version " + needed);
        }
        if (found > needed) {
            throw new IllegalArgumentException("The database has schema version " + found
                    + " of a newer server version, which this version does not support");
        }
    }

    /** Returns why a database cannot be used, in one line. */
    public static String reason(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("unknown error");
    }

    private static int neededVersion() {
        try {
            return Arrays.stream(
                            new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql"))
                    .map(resource -> MIGRATION.matcher(String.valueOf(resource.getFilename())))
                    .filter(Matcher::matches)
                    .mapToInt(migration -> Integer.parseInt(migration.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the migrations of this version", e);
        }
    }
}
