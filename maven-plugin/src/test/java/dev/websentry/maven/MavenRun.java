package dev.websentry.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Maven that ran.
 *
 * @param exitCode 0 when the build went well
 * @param console everything it printed
 * @param folder where it ran
 */
record MavenRun(int exitCode, String console, Path folder) {
    static final String PLUGIN = "dev.websentry:websentry-maven-plugin:" + System.getProperty("it.version");

    /** Runs the Maven of this build in a folder with these arguments. */
    static MavenRun in(Path folder, List<String> arguments) throws IOException, InterruptedException {
        return Maven.running().run(folder, arguments);
    }

    /** Runs the goal with the Maven of this build, as in an empty folder: no POM. */
    static MavenRun scan(Path folder, String... arguments) throws IOException, InterruptedException {
        return Maven.running().scan(folder, arguments);
    }

    /** Judges recordings with the Maven of this build, without a POM either. */
    static MavenRun grade(Path folder, String... arguments) throws IOException, InterruptedException {
        return Maven.running()
                .run(
                        folder,
                        Stream.concat(Stream.of(PLUGIN + ":grade"), Stream.of(arguments))
                                .toList());
    }

    List<String> reports() throws IOException {
        Path reports = folder.resolve("target/websentry");
        if (!Files.exists(reports)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(reports)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The lines that hold a text. */
    List<String> lines(String text) {
        return console.lines().filter(line -> line.contains(text)).toList();
    }
}
