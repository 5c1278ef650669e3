package dev.websentry.engine.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files atomically: a reader sees either the old file or the complete new one. */
final class AtomicFile {
    /** Writes the content of a file. */
    interface FileContentWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /** Creates or replaces a file with the default permissions. Its directory must exist. */
    static void write(Path file, FileContentWriter content) throws IOException {
        // createTempFile would restrict the permissions to the owner.
        Path temporary = file.resolveSibling(".websentry" + UUID.randomUUID() + ".tmp");
        write(file, temporary, StandardOpenOption.CREATE_NEW, content);
    }

    /** Creates or replaces a file that only its owner may read. Its directory must exist. */
    static void writePrivate(Path file, FileContentWriter content) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), ".websentry", ".tmp");
        write(file, temporary, StandardOpenOption.WRITE, content);
    }

    private static void write(Path file, Path temporary, StandardOpenOption mode, FileContentWriter content)
            throws IOException {
        try {
            try (OutputStream out = Files.newOutputStream(temporary, mode, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
