package dev.websentry.server.database;

import java.util.Arrays;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** The database was migrated by a newer version of the server; this one would misread it. */
final class NewerSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NewerSchemaException(String message) {
        super(message);
    }

    /** Fails if a migration was applied that this version does not have. */
    static void refuse(MigrationInfoService info) {
        Arrays.stream(info.applied())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                        || migration.getState() == MigrationState.FUTURE_FAILED)
                .map(MigrationInfo::getVersion)
                .findFirst()
                .ifPresent(version -> {
                    throw new NewerSchemaException("The database has schema " + version
                            + ", made by a newer version of the server; this one does not know it");
                });
    }
}
