package dev.websentry.engine.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files atomically: a reader sees either the old file or the complete new one. */
final class AtomicFile {
    /** Writes the content of a file. */
    interface FileContentWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /** Creates or replaces a file. Its directory must exist. */
    static void write(Path file, FileContentWriter content) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), ".websentry", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
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
