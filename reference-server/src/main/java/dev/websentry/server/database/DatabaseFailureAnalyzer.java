package dev.websentry.server.database;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes in one line why the database could not be opened. */
public final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<BeanCreationException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanCreationException failure) {
        UncheckedIOException directory = findCause(failure, UncheckedIOException.class);
        if (directory != null && String.valueOf(directory.getMessage()).startsWith("websentry.data-dir")) {
            return new FailureAnalysis(
                    directory.getMessage() + " (" + directory.getCause() + ")",
                    "Set WEBSENTRY_DATA_DIR to a directory that the server process can write to.",
                    failure);
        }
        NewerSchemaException newer = findCause(failure, NewerSchemaException.class);
        if (newer != null) {
            return new FailureAnalysis(
                    String.valueOf(newer.getMessage()),
                    "Start the newer server version, or restore the backup from before the upgrade.",
                    failure);
        }
        SQLException error = findCause(failure, SQLException.class);
        if (error == null) {
            return null;
        }
        return new FailureAnalysis(
                "Cannot open the database: " + error.getMessage(),
                "Check websentry.data-dir, or websentry.db.url, websentry.db.username and websentry.db.password.",
                failure);
    }
}
