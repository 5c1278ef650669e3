package dev.websentry.server.database;

import dev.websentry.server.settings.StartupFailureException;
import java.util.Arrays;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Thrown when a newer version of the server has migrated the database, so that this version could misinterpret it. */
final class NewerSchemaException extends StartupFailureException {
    private static final long serialVersionUID = 1L;

    private NewerSchemaException(String message) {
        super(message, "Start the newer server version, or restore the backup from before the upgrade.");
    }

    /** Throws an exception if a migration was applied that this version does not contain. */
    static void throwIfNewer(MigrationInfoService info) {
        Arrays.stream(info.applied())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                        || migration.getState() == MigrationState.FUTURE_FAILED)
                .map(MigrationInfo::getVersion)
                .findFirst()
                .ifPresent(version -> {
                    throw new NewerSchemaException("The database has schema version " + version
                            + " of a newer server version, which this version does not support");
                });
    }
}
