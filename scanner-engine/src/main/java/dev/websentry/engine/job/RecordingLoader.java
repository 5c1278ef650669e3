package dev.websentry.engine.job;

import dev.websentry.engine.recording.InvalidRecordingException;
import dev.websentry.engine.recording.Recording;
import dev.websentry.engine.recording.RecordingReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loads the recordings that an option refers to: one file, or the directory that a scan of several sites wrote. */
final class RecordingLoader {
    private RecordingLoader() {}

    /**
     * Reads all recordings.
     *
     * @param text the path of a file or directory
     * @return the recordings in the order of their file names
     * @throws IllegalArgumentException if there is no recording or one cannot be read; the message contains the path
     */
    static Map<Path, Recording> load(String text) {
        Path location = OptionFileLoader.parsePath(text);
        List<Path> files = Files.isDirectory(location) ? list(location) : List.of(location);
        Map<Path, Recording> recordings = new LinkedHashMap<>();
        files.forEach(file -> recordings.put(file, recording(file)));
        return recordings;
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files =
                    entries.filter(RecordingLoader::hasRecordingName).sorted().toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException(
                        "\"" + directory + "\" contains no file whose name ends in " + Recording.FILE_EXTENSION);
            }
            return files;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read \"" + directory + "\": " + e.getMessage(), e);
        }
    }

    /** Returns whether the name has the extension and something before it, which names the report. */
    private static boolean hasRecordingName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(Recording.FILE_EXTENSION) && name.length() > Recording.FILE_EXTENSION.length();
    }

    private static Recording recording(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("\"" + file + "\" is not a readable file");
        }
        try {
            if (Files.size(file) > RecordingReader.MAX_BYTES) {
                throw new IllegalArgumentException(
                        "\"" + file + "\" is larger than " + RecordingReader.MAX_BYTES + " bytes");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return RecordingReader.read(in);
            }
        } catch (InvalidRecordingException e) {
            throw new IllegalArgumentException("cannot grade \"" + file + "\": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read \"" + file + "\": " + e.getMessage(), e);
        }
    }
}
