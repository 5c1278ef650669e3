package dev.websentry.engine.run;

import dev.websentry.engine.record.Recording;
import dev.websentry.engine.record.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a job writes the recordings of its scans.
 *
 * @param place the file, or the directory of all files
 * @param folder whether {@code place} is a directory
 */
public record Recordings(Path place, boolean folder) {
    public Recordings {
        place = place.toAbsolutePath().normalize();
    }

    /**
     * Chooses a file for one target, or a directory for several targets or if the directory exists.
     *
     * @param targets the number of targets
     * @throws IllegalArgumentException if several targets would share a file
     */
    static Recordings at(Path place, int targets) {
        if (targets > 1 && Files.isRegularFile(place)) {
            throw new IllegalArgumentException(
                    "\"" + place + "\" is one file for " + targets + " URLs; use a directory");
        }
        return new Recordings(place, targets > 1 || Files.isDirectory(place));
    }

    /** Returns the file of a recording with this base name. */
    Path file(String base) {
        return folder ? place.resolve(base + Recording.ENDING) : place;
    }

    /**
     * Writes a recording.
     *
     * @param secrets texts to remove from the recording
     * @return the file
     */
    Path write(String base, Recording recording, List<String> secrets) throws IOException {
        Path file = file(base);
        Files.createDirectories(file.getParent());
        WholeFile.replace(file, out -> RecordingWriter.write(recording, secrets, out));
        return file;
    }

    /**
     * Removes the recording of an earlier run, which is outdated.
     *
     * @return the file that was removed if it existed
     */
    Path discard(String base) throws IOException {
        Files.deleteIfExists(file(base));
        return file(base);
    }
}
