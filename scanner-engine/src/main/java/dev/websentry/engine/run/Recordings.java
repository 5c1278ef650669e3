package dev.websentry.engine.run;

import dev.websentry.engine.record.Recording;
import dev.websentry.engine.record.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a run records what its scans saw.
 *
 * @param place the one file, or the folder of all of them
 */
public record Recordings(Path place, boolean folder) {
    public Recordings {
        place = place.toAbsolutePath().normalize();
    }

    /**
     * A file for one target, a folder for several or where there is one already.
     *
     * @throws IllegalArgumentException when several targets would share a file
     */
    static Recordings at(Path place, int targets) {
        if (targets > 1 && Files.isRegularFile(place)) {
            throw new IllegalArgumentException(
                    "'" + place + "' is one file for " + targets + " URLs: expected a folder");
        }
        return new Recordings(place, targets > 1 || Files.isDirectory(place));
    }

    Path file(String base) {
        return folder ? place.resolve(base + Recording.ENDING) : place;
    }

    /** @return the file */
    Path write(String base, Recording recording, List<String> secrets) throws IOException {
        Path file = file(base);
        Files.createDirectories(file.getParent());
        WholeFile.replace(file, out -> RecordingWriter.write(recording, secrets, out));
        return file;
    }

    /** Removes what an earlier run left: it no longer says what is there. */
    Path discard(String base) throws IOException {
        Files.deleteIfExists(file(base));
        return file(base);
    }
}
