package dev.websentry.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the log file of a {@link TestServer}. A test may run at midnight, when the server continues in a new file, so
 * that the text is in several files.
 */
public final class ServerLog {
    /** Rolled files are not compressed, because that takes place in the background. */
    static final String SETTING = "--logging.logback.rollingpolicy.file-name-pattern=${LOG_FILE}.%d{yyyy-MM-dd}.%i";

    private ServerLog() {}

    /**
     * Returns the whole log.
     *
     * @param file the value of {@code logging.file.name}
     */
    public static String text(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            List<Path> rolled = files.filter(
                            other -> other.getFileName().toString().startsWith(file.getFileName() + "."))
                    .sorted()
                    .toList();
            StringBuilder text = new StringBuilder();
            for (Path older : rolled) {
                text.append(Files.readString(older));
            }
            return text.append(Files.readString(file)).toString();
        }
    }

    /** Returns the lines of the whole log. */
    public static List<String> lines(Path file) throws IOException {
        return text(file).lines().toList();
    }
}
