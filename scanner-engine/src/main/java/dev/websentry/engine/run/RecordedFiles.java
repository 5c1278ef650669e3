package dev.websentry.engine.run;

import dev.websentry.engine.record.NotARecording;
import dev.websentry.engine.record.Recording;
import dev.websentry.engine.record.RecordingReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Recordings that an option names: one file, or the folder that a scan of several sites wrote. */
final class RecordedFiles {
    private RecordedFiles() {}

    /**
     * Reads them all, in the order of their names.
     *
     * @throws IllegalArgumentException when there is none, or one that cannot be read; the message names it
     */
    static Map<Path, Recording> read(String text) {
        Path place = OptionFiles.path(text);
        List<Path> files = Files.isDirectory(place) ? in(place) : List.of(place);
        Map<Path, Recording> recordings = new LinkedHashMap<>();
        files.forEach(file -> recordings.put(file, recording(file)));
        return recordings;
    }

    private static List<Path> in(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files =
                    entries.filter(RecordedFiles::isNamedLikeOne).sorted().toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException("'" + folder + "' holds no file that ends in " + Recording.ENDING);
            }
            return files;
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + folder + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reports are named by what stands before the ending. */
    private static boolean isNamedLikeOne(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(Recording.ENDING) && name.length() > Recording.ENDING.length();
    }

    private static Recording recording(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("'" + file + "' is not a file that can be read");
        }
        try {
            if (Files.size(file) > RecordingReader.MOST_BYTES) {
                throw new IllegalArgumentException(
                        "'" + file + "' is larger than " + RecordingReader.MOST_BYTES + " bytes");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return RecordingReader.read(in);
            }
        } catch (NotARecording e) {
            throw new IllegalArgumentException("'" + file + "' cannot be judged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + file + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
