package dev.websentry.server.command;

import dev.websentry.server.database.DatabaseConfiguration;
import dev.websentry.server.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies the SQLite database while the server runs: one consistent state of it, whatever is written meanwhile. */
final class Backup {
    private static final String OWNER_ALONE = "rw-------";

    private final Settings settings;
    private final ObjectProvider<JdbcClient> db;

    /** @param db opened only when there is something to open: SQLite makes a database that is not there */
    Backup(Settings settings, ObjectProvider<JdbcClient> db) {
        this.settings = settings;
        this.db = db;
    }

    String to(String given) throws IOException {
        if (settings.db().url() != null) {
            throw new IllegalArgumentException("backup copies an SQLite database; back PostgreSQL up with pg_dump");
        }
        Path database = DatabaseConfiguration.file(settings);
        if (!Files.isRegularFile(database)) {
            throw new IllegalArgumentException("There is no database at " + database
                    + ": set WEBSENTRY_DATA_DIR, or run the command where the server was started");
        }
        Path file = path(given);
        if (Files.exists(file)) {
            throw new IllegalArgumentException(file + " exists already: a backup is written to a new file");
        }
        Path begun = Files.createTempFile(parent(file), "." + file.getFileName() + "-", ".tmp");
        try {
            copy(begun);
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(begun);
        }
        return "Backed up to " + file + " (" + Files.size(file) + " bytes)";
    }

    /** Into an empty file, which SQLite takes for a new one. */
    private void copy(Path file) throws IOException {
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
            // It holds whatever the server knows.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ALONE));
        }
        db.getObject().sql("VACUUM INTO :file").param("file", file.toString()).update();
        // SQLite does not sync what VACUUM INTO writes.
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }

    private static Path path(String given) {
        try {
            return Path.of(given).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + given + "' is no name of a file: " + e.getReason(), e);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IllegalArgumentException("There is no directory " + parent + " to write the backup into");
        }
        return parent;
    }
}
