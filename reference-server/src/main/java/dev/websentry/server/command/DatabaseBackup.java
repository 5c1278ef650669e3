package dev.websentry.server.command;

import dev.websentry.server.database.DatabaseConfiguration;
import dev.websentry.server.database.PrivateFiles;
import dev.websentry.server.settings.WebSentryProperties;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Backs up the SQLite database while the server is running. The copy is a consistent snapshot. */
final class DatabaseBackup {
    private final WebSentryProperties settings;
    private final Supplier<JdbcClient> db;

    /**
     * Creates a backup command.
     *
     * @param db opened only if the database file exists, because SQLite creates a missing one
     */
    DatabaseBackup(WebSentryProperties settings, Supplier<JdbcClient> db) {
        this.settings = settings;
        this.db = db;
    }

    /**
     * Writes a backup.
     *
     * @param name path of a new file
     * @return the line to print
     * @throws IllegalArgumentException if the database is not SQLite, does not exist, or the file cannot be created;
     *     the message is for the administrator
     */
    String backUp(String name) throws IOException {
        if (settings.db().url() != null) {
            throw new IllegalArgumentException(
                    "The backup command only supports SQLite; use pg_dump to back up PostgreSQL");
        }
        Path database = DatabaseConfiguration.sqliteFile(settings);
        requireExists(database);
        Path file = path(name);
        if (Files.exists(file)) {
            throw new IllegalArgumentException(file + " already exists; choose a new file for the backup");
        }
        Path temporary = Files.createTempFile(parent(file), "." + file.getFileName() + "-", ".tmp");
        try {
            copy(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return "Backed up to " + file + " (" + Files.size(file) + " bytes)";
    }

    /** Copies the database to an existing empty file, which SQLite treats as a new one. */
    private void copy(Path file) throws IOException {
        // The backup contains all data of the server.
        PrivateFiles.restrict(file);
        db.get().sql("VACUUM INTO :file").param("file", file.toString()).update();
        // SQLite does not sync the file that VACUUM INTO writes.
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }

    /** Checks that a database exists, because SQLite would create a missing one. */
    static void requireExists(Path database) {
        if (!Files.isRegularFile(database)) {
            throw new IllegalArgumentException("No database found at " + database
                    + "; set WEBSENTRY_DATA_DIR, or run the command in the directory where the server was started");
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + name + "' is not a valid file name: " + e.getReason(), e);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IllegalArgumentException(
                    "The directory " + parent + " does not exist; create it or choose another file");
        }
        return parent;
    }
}
