package dev.websentry.server.database;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line that the database could not be opened, and what it said. */
public final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<BeanCreationException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanCreationException failure) {
        UncheckedIOException directory = findCause(failure, UncheckedIOException.class);
        if (directory != null && String.valueOf(directory.getMessage()).startsWith("websentry.data-dir")) {
            return new FailureAnalysis(
                    directory.getMessage() + " (" + directory.getCause() + ")",
                    "Set WEBSENTRY_DATA_DIR to a directory that this user may write to.",
                    failure);
        }
        NewerSchemaException newer = findCause(failure, NewerSchemaException.class);
        if (newer != null) {
            return new FailureAnalysis(
                    String.valueOf(newer.getMessage()),
                    "Start the version that was upgraded to, or restore the backup from before the upgrade.",
                    failure);
        }
        SQLException refused = findCause(failure, SQLException.class);
        if (refused == null) {
            return null;
        }
        return new FailureAnalysis(
                "The database cannot be used: " + refused.getMessage(),
                "Check websentry.data-dir, or websentry.db.url, .username and .password.",
                failure);
    }
}
