package dev.websentry.engine.job;

import dev.websentry.engine.recording.Recording;
import dev.websentry.engine.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a job writes the recordings of its scans.
 *
 * @param path the file, or the directory of all files
 * @param directory whether {@code place} is a directory
 */
public record RecordingDestination(Path path, boolean directory) {
    public RecordingDestination {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Chooses a file for one target, or a directory for several targets or if the directory exists.
     *
     * @param targets the number of targets
     * @throws IllegalArgumentException if several targets would share a file
     */
    static RecordingDestination forTargets(Path place, int targets) {
        if (targets > 1 && Files.isRegularFile(place)) {
            throw new IllegalArgumentException(
                    "\"" + place + "\" is one file for " + targets + " URLs; use a directory");
        }
        return new RecordingDestination(place, targets > 1 || Files.isDirectory(place));
    }

    /** Returns the file of a recording with this base name. */
    Path file(String base) {
        return directory ? path.resolve(base + Recording.FILE_EXTENSION) : path;
    }

    /**
     * Writes a recording that only its owner may read.
     *
     * @param secrets texts to remove from the recording
     * @return the file
     */
    Path write(String base, Recording recording, List<String> secrets) throws IOException {
        Path file = file(base);
        Files.createDirectories(file.getParent());
        try {
            AtomicFile.writePrivate(file, out -> RecordingWriter.write(recording, secrets, out));
        } catch (IOException e) {
            throw new IOException("cannot write \"" + file + "\": " + e.getMessage(), e);
        }
        return file;
    }

    /**
     * Removes the recording of an earlier run, which is outdated.
     *
     * @return the file that was removed if it existed
     */
    Path delete(String base) throws IOException {
        Files.deleteIfExists(file(base));
        return file(base);
    }
}
