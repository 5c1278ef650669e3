package dev.websentry.server.database;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Describes in one line why the database could not be opened or migrated. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<BeanCreationException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanCreationException failure) {
        UncheckedIOException directory = findCause(failure, UncheckedIOException.class);
        if (directory != null && String.valueOf(directory.getMessage()).startsWith("websentry.data-dir")) {
            return new FailureAnalysis(
                    directory.getMessage() + " (" + reason(directory.getCause()) + ")",
                    "Set WEBSENTRY_DATA_DIR to a directory that the server process can write to.",
                    failure);
        }
        FlywayValidateException changed = findCause(failure, FlywayValidateException.class);
        if (changed != null) {
            return new FailureAnalysis(
                    "The tables of the database do not come from this version of the server: " + mismatches(changed),
                    "Start the version that created the database, or restore a backup of this version.",
                    failure);
        }
        SQLException error = findCause(failure, SQLException.class);
        if (error == null) {
            return null;
        }
        return new FailureAnalysis(
                "Cannot open the database: " + SchemaVersion.reason(error),
                "Check websentry.data-dir, or websentry.db.url, websentry.db.username and websentry.db.password.",
                failure);
    }

    /** Returns the reason without the name of an exception. */
    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof ReadOnlyFileSystemException) {
            return "the file system is read-only";
        }
        if (cause instanceof FileSystemException problem) {
            return problem.getReason() == null ? "a file has the name of a directory" : problem.getReason();
        }
        return cause == null ? "unknown error" : String.valueOf(cause.getMessage());
    }

    /** Returns the lines of Flyway's message that name a migration. */
    private static String mismatches(FlywayValidateException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Migration ") || line.startsWith("Detected "))
                .collect(Collectors.joining("; "));
    }
}
