package dev.websentry.engine.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears whole or not at all, and takes an older one's place. */
final class WholeFile {
    /** Writes what is to stand in it. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private WholeFile() {}

    /** The folder must exist. */
    static void replace(Path file, Content content) throws IOException {
        Path whole = Files.createTempFile(file.getParent(), ".websentry", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(whole)) {
                content.writeTo(out);
            }
            try {
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
